"""A file whose columns and values were decided by hand."""

from __future__ import annotations

from loaders import Loaded, Options, load
from loaders.mapping import Decisions, document

#: A file no layout knows: every word in it is the firm's own.
HEADER = "Zeit;Uhr;Wer;Was;Ergebnis;Talent;Firma;Ansprechpartner"
LINES = (
    "02.03.2026;09:40;Desk 01;Telefonat;niemand;Avery Sample;;",
    "02.03.2026;09:50;Desk 01;Telefonat;ja;Avery Sample;;",
    "02.03.2026;10:30;Desk 02;Telefonat;;;Example Metal Works;Casey Client",
    "03.03.2026;08:00;Desk 02;Robot;;;;",
    "13.03.2026;11:00;Desk 01;Profil raus;;Avery Sample;Example Metal Works;",
    "16.03.2026;12:00;Desk 01;Sonst;;Avery Sample;;",
)
DECIDED = Decisions(
    name="weekly list",
    title="Our weekly list",
    columns={
        "occurred_at": ("Zeit", "Uhr"),
        "desk": ("Wer",),
        "activity": ("Was",),
        "outcome": ("Ergebnis",),
        "candidate": ("Talent",),
        "client": ("Firma",),
        "contact": ("Ansprechpartner",),
    },
    values={"Telefonat": "call", "Robot": "ignore", "Profil raus": "presentation", "Sonst": ""},
    outcomes={"niemand": "nobody", "ja": "interested"},
)


def file_of(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines]).encode()


def mapped(decisions: Decisions, data: bytes = file_of(*LINES), base: dict | None = None, **options: object) -> Loaded:
    return load(data, "weekly.csv", Options(mapping=document(decisions, base), **options))


def activities(loaded: Loaded) -> list[str]:
    assert loaded.report.refused is None, loaded.report.refused
    return loaded.frame["activity"].tolist()
