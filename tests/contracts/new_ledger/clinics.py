"""Clinics: a ledger that only the test of new ledgers knows, with a field of every type."""

from __future__ import annotations

from jiedui.ledgers.declare import Indicator, Ledger, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import (
    Choice,
    Choices,
    Count,
    Date,
    Flag,
    Many,
    Moment,
    Money,
    Place,
    Ref,
    Row,
    Text,
)


class ClinicForm(Choices):
    """What sort of clinic it was."""

    FREE = "free", "义诊"
    TOUR = "tour", "巡诊"


class Ward(Choices):
    """The specialties that took part."""

    EYES = "eyes", "眼科"
    BONES = "bones", "骨科"


class Doctor(Row):
    """Who treated; the name of one who does not act for an office is protected."""

    name = Text("姓名", person="not coalesce(officer, false)", required=True)
    post = Text("职务")
    officer = Flag("公职人员履职")


class Stop(Row):
    """Where patients were seen."""

    place = Place("行政区划", required=True)
    on_day = Date("日期")


class Clinics(Ledger):
    """Clinics (义诊巡诊): one entry a day on which doctors of the other side saw patients."""

    title = "义诊巡诊台账"

    form = Choice("形式", ClinicForm, required=True)
    held = Date("开展日期", also=("日期",), required=True)
    hospital = Ref("派出单位", "parties")
    contact = Text("联系人", person=True, limit=40)
    patients = Count("诊疗人次", unit=Unit.PERSON_TIMES, high=10_000)
    opens = Moment("开诊时刻")
    spent = Money("经费")
    charged = Flag("是否收费")
    wards = Many(Choice("科室", Ward))
    stops = Many(Stop, "巡诊地点")
    doctors = Many(Doctor, "医生")

    on = "held"
    label = ("held", "form")
    listed = ("held", "form", "hospital", "contact", "patients", "spent", "place", "state")
    filters = ("form", "held", "opens", "hospital", "charged", "place")
    identity = ("form", "held", "hospital")
    rules = (
        Rule(
            "patients-need-a-doctor",
            "patients = 0 or doctors.count > 0",
            "有诊疗人次时请填写医生",
            Unknown.PASS,
        ),
        Rule("free-is-not-charged", "form <> 'free' or not charged", "义诊不收费", Unknown.PASS),
    )
    indicators = (
        Indicator(
            "T90",
            "义诊巡诊人次",
            "sum(patients)",
            Unit.PERSON_TIMES,
            on="held",
            by=("month", "form", "place"),
            needs=("patients",),
        ),
        Indicator("T91", "义诊巡诊经费", "sum(spent)", Unit.FEN, on="held", by=("month",)),
    )
    cues = ("visit",)
