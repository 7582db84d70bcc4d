"""Every address of the site; each has its line in tests/contracts/test_routes.py."""

from __future__ import annotations

from django.urls import path

from jiedui.site.api import api
from jiedui.site.web.views import (
    batches,
    board,
    bringing,
    documents,
    entries,
    exports,
    figure,
    findings,
    language,
    proposals,
    samples,
    search,
    sheets,
    signin,
    steps,
    tokens,
    work,
    workbooks,
    writing,
)

urlpatterns = [
    path("", board.board, name="board"),
    path("sign-in", signin.sign_in, name="sign-in"),
    path("sign-in/demonstration", signin.sign_in_demonstration, name="sign-in-demonstration"),
    path("sign-out", signin.sign_out, name="sign-out"),
    path("language", language.language, name="language"),
    path("figures/<str:code>", figure.figure, name="figure"),
    path("findings", findings.findings, name="findings"),
    path("findings/<str:ledger>/<str:key>", findings.finding, name="finding"),
    path("search", search.find, name="search"),
    path("search/suggest", search.suggest, name="suggest"),
    path("ledgers", entries.index, name="ledgers"),
    path("ledgers/<str:ledger>", entries.entries, name="entries"),
    path("ledgers/<str:ledger>/new", writing.new, name="new"),
    path("ledgers/<str:ledger>/export.csv", exports.csv, name="export"),
    path("ledgers/<str:ledger>/export.xlsx", exports.workbook, name="export-workbook"),
    path("ledgers/<str:ledger>/blank.xlsx", workbooks.blank, name="blank"),
    path("ledgers/<str:ledger>/<str:key>", entries.entry, name="entry"),
    path("ledgers/<str:ledger>/<str:key>/amend", writing.amend, name="amend"),
    path("ledgers/<str:ledger>/<str:key>/withdraw", steps.withdraw, name="withdraw"),
    path("ledgers/<str:ledger>/<str:key>/step", steps.step, name="step"),
    path("documents", documents.listed, name="documents"),
    path("documents/<str:key>", documents.document, name="document"),
    path("documents/<str:key>/choose", documents.choose, name="choose"),
    path("documents/<str:document>/<str:proposal>/accept", proposals.accept, name="accept"),
    path("documents/<str:document>/<str:proposal>/change", proposals.change, name="change"),
    path("documents/<str:document>/<str:proposal>/refuse", proposals.refuse, name="refuse"),
    path("batches", bringing.listed, name="batches"),
    path("batches/<str:key>", batches.batch, name="batch"),
    path("batches/<str:key>/settle", batches.settle, name="settle"),
    path("batches/<str:key>/again", work.again, name="again"),
    path("batches/<str:key>/sheets", bringing.part, name="part"),
    path("batches/<str:key>/answer", work.answer, name="answer"),
    path("batches/<str:key>/progress", work.progress, name="progress"),
    path("batches/<str:key>/cancel", work.cancel, name="cancel"),
    path("batches/<str:key>/rows/<int:number>", sheets.row, name="sheet-row"),
    path("batches/<str:key>/original", sheets.original, name="original"),
    path("batches/<str:key>/plan.csv", batches.plan, name="plan"),
    path("batches/<str:key>/load", batches.load, name="load"),
    path("batches/<str:key>/drop", batches.drop, name="drop"),
    path("batches/<str:key>/undo", batches.undo, name="undo"),
    path("batches/<str:key>/annotated.xlsx", batches.annotated, name="annotated"),
    path("samples", samples.listed, name="samples"),
    path("samples/<str:file>", samples.sample, name="sample"),
    path("tokens", tokens.listed, name="tokens"),
    path("tokens/<str:key>/revoke", tokens.revoke, name="revoke-token"),
    path("api/", api.urls),
]

handler400 = "jiedui.site.web.views.errors.bad_request"
handler403 = "jiedui.site.web.views.errors.forbidden"
handler404 = "jiedui.site.web.views.errors.not_found"
handler500 = "jiedui.site.web.views.errors.server_error"
