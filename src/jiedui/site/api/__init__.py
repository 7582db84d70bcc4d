"""The API: the same entries, figures, check and load as the pages, for other systems.

Made from the declarations, through the same door and the same check. Its addresses are in
`registers` (ledgers and figures), `entries`, `checks`, `findings`, `batches` and `search`.
"""

from __future__ import annotations

from ninja import NinjaAPI

from jiedui.site.api import answers, batches, bringing, checks, entries, findings, registers, search
from jiedui.site.api.authority import Session, Token
from jiedui.site.api.gate import gate

__all__ = ["api"]

api = NinjaAPI(
    title="结对",
    version="1",
    description="结对的接口：与网页相同的记录、数值、检查和导入。说明见 docs/api.md。",
    auth=[Token(), Session()],
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_decorator(gate, mode="view")
answers.teach(api)
for part in (registers, entries, checks, findings, bringing, batches, search):
    api.add_router("", part.router)
