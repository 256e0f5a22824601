"""The catalogue as people read it: ratios, measures, words, and what others have published."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from charts.words import standard_text
from quality.catalogue import BY_NAME, MEASURES, RATIOS, Ratio
from quality.published import KINDS, PUBLISHED, Published, published_for
from quality.rules import Rules
from quality.standards import STARTING
from quality.vocabulary import ACTIVITIES
from ui import clock, text, watching

ALL = "All seven"

_RULES = (
    ("Standard", "The most of the first a firm accepts for one of the second; reached from that number downwards."),
    (
        "Fall-off",
        "A counted fill whose assignment ends early (quit, ended by the client or never started) within the "
        "guarantee after its start. Ratios count fills gross; the scoreboard shows both.",
    ),
    (
        "Verdict",
        "Whether a desk is below its minimum standard, from its last 13 closed weeks, up to 52 where counts are few: "
        "below or meets where it is at least 95 % sure, likely where it is at least 80 % sure, else unclear. A verdict "
        "once given stays until it is less than 90 % sure, so that it does not change from week to week by chance.",
    ),
    (
        "Activity view",
        "Everything that happened in the period. The two counts of a ratio need not be the same people, so a value "
        "below 1 : 1 is possible.",
    ),
    (
        "Cohort view",
        "Of the cases that began in the period, how many got to the next step in time. A case whose time is not up is "
        "still open, never a failure.",
    ),
)
_LINKS = {"candidate": "candidate", "job": "job", "client": "client", "contact": "contact at the client"}


def ask_ratio() -> list[Ratio]:
    """The ratios to show: one to jump to, or all."""
    name = st.selectbox(
        "Ratio",
        [ALL, *BY_NAME],
        format_func=lambda name: BY_NAME[name].title if name in BY_NAME else name,
        key="define",
        bind="query-params",
    )
    return [BY_NAME[name]] if name in BY_NAME else list(RATIOS)


def ratio_card(ratio: Ratio, rules: Rules) -> None:
    """Everything about one ratio: sentence, formula, standard, cohort link, source, date, published context."""
    with st.container(border=True):
        st.subheader(ratio.title, anchor=ratio.name)
        st.markdown(ratio.sentence)
        st.table(ratio_facts(ratio, rules), border="horizontal", hide_header=True, alt=f"Definition of {ratio.title}")
        st.markdown(
            "Published by others, not a target:\n\n" + "\n".join(map(published_text, published_for(ratio.name)))
        )


def ratio_facts(ratio: Ratio, rules: Rules) -> dict[str, str]:
    """The definition as question and answer."""
    standard, origin = rules.standards.ratio(ratio.name, "", "company", clock.today())
    return {
        "Formula": f"{ratio.formula}, written n : 1; lower is better",
        ratio.upstream_words[1].capitalize(): MEASURES[ratio.upstream].sentence,
        ratio.downstream_words[1].capitalize(): MEASURES[ratio.downstream].sentence,
        "Minimum standard": standard_text(standard) + (f", a {origin}" if origin == STARTING else ""),
        "Counts for": "the desk that won the order, where one is known" if ratio.by_order else "the desk of the row",
        "Cohort view": f"a case is one {ratio.case[0]}, recognised by {keys_text(ratio)}, and followed for "
        f"{text.count(rules.horizon(ratio.name), 'day')}",
        "Enough to judge": f"from {ratio.minimum_n} {ratio.upstream_words[1]} on; with fewer it is unclear",
        "Source": f"{ratio.source}; definition of {text.day(ratio.changed_on)}",
    }


def keys_text(ratio: Ratio) -> str:
    """How the two ends are matched: ``candidate and job, else candidate and client``."""
    return ", else ".join(" and ".join(_LINKS[column] for column in key) for key in ratio.keys)


def published_text(figure: Published) -> str:
    """One figure as an item of a list."""
    return f"- {figure.about}: {figure.value} ({_source(figure)}; {KINDS[figure.kind]})"


def published_beside(*about: str) -> str:
    """The figures about these, as a list that says they are no target; raises KeyError for an unknown one."""
    known = {figure.about: figure for figure in PUBLISHED}
    return "Published by others, not a target:\n\n" + "\n".join(published_text(known[name]) for name in about)


def _source(figure: Published) -> str:
    return f"{figure.source} {figure.year}" if figure.year else figure.source


def published_table() -> pd.DataFrame:
    """All published figures: Figure, Value, Kind, Source and year."""
    rows = [(figure.about, figure.value, KINDS[figure.kind], _source(figure)) for figure in PUBLISHED]
    return pd.DataFrame(rows, columns=["Figure", "Value", "Kind", "Source and year"])


def measures_table() -> pd.DataFrame:
    """What is counted and when: name, rule."""
    rows = [(measure.plural.capitalize(), measure.sentence) for measure in MEASURES.values()]
    return pd.DataFrame([*rows, *_RULES], columns=["Measure", "Counts when"])


def words_table() -> pd.DataFrame:
    """The vocabulary of the log: word, name in files, meaning, outcomes."""
    rows = [(word.title, word.name, word.meaning, ", ".join(word.outcomes)) for word in ACTIVITIES.values()]
    return pd.DataFrame(rows, columns=["Activity", "In files", "Meaning", "Outcomes"])


def rules_text(rules: Rules) -> str:
    """The firm's own decisions that every number follows."""
    hit = " or ".join(outcome.replace("_", " ") for outcome in rules.hit_outcomes)
    credit = "the desk that won the order" if rules.credit_orders else "the desk of the row itself"
    return (
        f"**In force now.** A call is a hit when its outcome is *{hit}*. In the client-side ratios send-outs and fills "
        f"count for {credit}. A fill can fall off for {text.count(rules.guarantee_days, 'day')} after the start."
    )


def _show_ratios(rules: Rules) -> None:
    for ratio in ask_ratio():
        ratio_card(ratio, rules)


def _show_counted(rules: Rules) -> None:
    st.markdown(rules_text(rules))
    st.table(measures_table().set_index("Measure"), border="horizontal", alt="What is counted and when")


def _show_words(_rules: Rules) -> None:
    st.markdown("Every row of the history is one of these activities; exports are translated into them on the way in.")
    st.dataframe(words_table(), hide_index=True, height="content", alt="The activities of the log and their outcomes")


def _show_published(_rules: Rules) -> None:
    st.markdown("What others have published, as context. **None of these is a target**: firms count differently.")
    st.table(published_table(), border="horizontal", hide_index=True, alt="Published figures with kind, source, year")


SECTIONS: dict[str, Callable[[Rules], None]] = {
    "Ratios": _show_ratios,
    "What counts": _show_counted,
    "Signals": watching.show,
    "Activities": _show_words,
    "Published figures": _show_published,
}
