"""The words in which the name of a site ends, as itineraries write them.

A list, not a rule: `places.py` decides what is a site.
"""

from __future__ import annotations

import re

__all__ = ["SITE"]

_ENDINGS = """
    校 学校 小学 中学 一中 二中 三中 职校 高中 大学 学院 幼儿园 校区 医院 卫生院
    院 研究所 所 产业园 示范园 工业园 科技园 园区 园 村 寨 社区 公司 集团 基地
    中心 博物馆 纪念馆 展览馆 馆 厂 企业 车间 项目 镇 乡 街道 站 港 口岸
    现场 工地 展厅 合作社 市场 实验室 牧场 农场 林场 养殖场 景区 湿地 寺 家中 家
    户 片区 广场 工程 平台 工坊 示范区 新区 高新区 经开区 开发区 安置点 安置区 示范带 示范点
    大棚 段 库 民宿 酒店 茶园 花园 农家乐 营地 古城 科创城 商贸城 新城 梯田 河谷
    峡谷 码头 超市 商场 门店 体验店 陆港 机场 前指 指挥部 大桥 灌区 水库 电站 光伏
    遗址 故居 公园 草原 大厦 产业带 旗 县 市 区 州
"""
_LONGEST_FIRST = sorted(_ENDINGS.split(), key=len, reverse=True)
SITE = re.compile(rf"(?:{'|'.join(_LONGEST_FIRST)})$")
"""A name that ends as the names of sites do."""
