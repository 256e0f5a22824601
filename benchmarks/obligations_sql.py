"""The yardstick of what is owed: the obligations of most rules as one query written by hand for DuckDB.

Next contacts are found by ``ASOF`` joins, when a candidate is active by windows. It knows the rules of `NAMES` as they
are delivered, counts no public holidays, and takes two contacts of one person for two moments. What comes out are
rules, triggers, due dates and contacts; words, last contacts and wishes are not in it, so it does less than its rival.
"""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pandas as pd

from quality.obligations import WINDOW

NAMES = (
    "acknowledge_resume", "weekly_promise", "validate_interview", "prep_candidate", "prep_client", "debrief_candidate",
    "debrief_client", "after_offer_candidate", "after_offer_client", "do_what_you_said", "after_marketing",
    "after_job_order", "after_intake", "touch_after_decision", "ticket_answered",
)  # fmt: skip

QUERY = """
WITH events AS MATERIALIZED (
    SELECT activity_id AS id, occurred_at AS moment, activity, outcome, candidate, client, contact, job, ref, due_on,
        date_trunc('day', occurred_at) AS day, coalesce(channel, '') = 'auto' AS auto,
        coalesce(job, client, '') AS place,
        CASE WHEN activity IN ('recruiting_call', 'interview', 'feedback') THEN 'candidate'
            WHEN activity IN ('marketing_call', 'presentation', 'intake_call') THEN 'client'
            WHEN party IS NOT NULL THEN party WHEN candidate IS NOT NULL THEN 'candidate' ELSE 'client' END AS side,
        NOT auto AND activity IN ('recruiting_call', 'marketing_call', 'conversation', 'interview', 'presentation',
            'intake_call', 'prep', 'debrief', 'status_update', 'feedback', 'touch', 'discovery') AS reaches
    FROM log
    WHERE occurred_at < $until + INTERVAL 14 DAY AND (due_on IS NOT NULL OR activity IN (
        'recruiting_call', 'marketing_call', 'conversation', 'interview', 'presentation', 'intake_call', 'prep',
        'debrief', 'status_update', 'feedback', 'touch', 'discovery', 'resume_received', 'send_out', 'offer_extended',
        'offer_accepted', 'offer_declined', 'contract', 'ticket_opened', 'ticket_resolved',
        'rejected', 'fill', 'do_not_contact'))
),
past AS (FROM events WHERE moment < $until),
met AS MATERIALIZED (
    SELECT kind, candidate, job, client, contact, ref, moment, id FROM (
        SELECT *, unnest([
            CASE WHEN reaches THEN side END,
            CASE WHEN activity IN ('prep', 'debrief') AND NOT auto THEN activity || ' ' || side END,
            CASE WHEN activity = 'ticket_resolved' AND NOT auto THEN activity END])
            AS kind
        FROM past)
    WHERE kind IS NOT NULL
),
steps AS (
    SELECT candidate, moment, id, place, activity IN ('fill', 'offer_declined', 'do_not_contact') AS reset,
        (activity IN ('interview', 'presentation', 'send_out', 'offer_extended', 'offer_accepted'))::INT AS step,
        CASE WHEN step = 1 THEN day + INTERVAL 31 DAY END AS stepped
    FROM past
    WHERE candidate IS NOT NULL AND activity IN ('interview', 'presentation', 'send_out', 'offer_extended',
        'offer_accepted', 'fill', 'offer_declined', 'do_not_contact', 'rejected')
),
spells AS (
    SELECT *, sum(reset::INT) OVER own AS spell, lead(moment) OVER own AS following
    FROM steps WINDOW own AS (PARTITION BY candidate ORDER BY moment, id)
),
changes AS (
    SELECT *, CASE WHEN place <> '' THEN step - coalesce(lag(step) OVER own, 0) ELSE 0 END AS change
    FROM spells WINDOW own AS (PARTITION BY candidate, spell, place ORDER BY moment, id)
),
jobs AS (
    SELECT *, sum(change) OVER own AS jobs, last_value(stepped IGNORE NULLS) OVER own AS silent
    FROM changes WINDOW own AS (PARTITION BY candidate, spell ORDER BY moment, id)
),
active AS (
    SELECT candidate, moment, first_value(CASE WHEN reset OR (step = 0 AND jobs <= 0) OR silent IS NULL THEN moment
        WHEN following IS NULL OR following >= silent THEN silent END IGNORE NULLS) OVER (
            PARTITION BY candidate ORDER BY moment, id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS until
    FROM jobs
),
promises AS (
    SELECT past.*, active.until
    FROM past ASOF JOIN active ON past.candidate = active.candidate AND past.moment >= active.moment
    WHERE reaches AND side = 'candidate' AND active.until > past.moment
),
interviews AS (
    SELECT *, greatest(moment - INTERVAL 14 DAY, max(CASE WHEN coalesce(outcome, '') NOT IN ('cancelled', 'no_show',
            'rescheduled') THEN moment END) OVER (PARTITION BY candidate, place ORDER BY moment, id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS opened
    FROM events WHERE activity = 'send_out' AND candidate IS NOT NULL
),
simple (rule, activity, kind, number) AS (VALUES
    ('acknowledge_resume', 'resume_received', 'candidate', 2), ('validate_interview', 'interview', 'candidate', 2),
    ('after_offer_candidate', 'offer_extended', 'candidate', 1), ('after_offer_client', 'offer_extended', 'client', 1),
    ('debrief_candidate', 'send_out', 'debrief candidate', 1), ('debrief_client', 'send_out', 'debrief client', 1),
    ('after_job_order', 'contract', 'client', 1), ('after_intake', 'intake_call', 'client', 2),
    ('touch_after_decision', 'offer_accepted', 'candidate', 2),
    ('touch_after_decision', 'offer_declined', 'candidate', 2),
    ('ticket_answered', 'ticket_opened', 'ticket_resolved', 2)
),
owed AS MATERIALIZED (
    SELECT rule, kind, past.* EXCLUDE (day), moment AS clock, NULL::TIMESTAMP AS until, false AS in_time,
        day - (greatest(isodow(day) - 5, 0) * INTERVAL 1 DAY)
            + ((number + 2 * ((least(isodow(day), 5) - 1 + number) // 5)) * INTERVAL 1 DAY)
            + INTERVAL 1 DAY - INTERVAL 1 SECOND AS due
    FROM past JOIN simple USING (activity)
    WHERE NOT (activity = 'send_out' AND coalesce(outcome, '') IN ('cancelled', 'no_show', 'rescheduled'))
    UNION ALL
    SELECT 'weekly_promise', 'candidate', promises.* EXCLUDE (day, until), moment, until, false,
        day + INTERVAL 8 DAY - INTERVAL 1 SECOND FROM promises
    UNION ALL
    SELECT 'after_marketing', 'client', past.* EXCLUDE (day), moment, NULL, false,
        day + INTERVAL 8 DAY - INTERVAL 1 SECOND
    FROM past
    WHERE activity = 'presentation' OR (activity = 'marketing_call' AND outcome IN ('interested', 'call_back'))
    UNION ALL
    SELECT 'do_what_you_said', side, past.* EXCLUDE (day), moment, NULL, false,
        greatest(day, due_on::TIMESTAMP) + INTERVAL 1 DAY - INTERVAL 1 SECOND FROM past WHERE due_on IS NOT NULL
    UNION ALL
    SELECT 'prep_' || party, 'prep ' || party, interviews.* EXCLUDE (day, opened), opened,
        CASE WHEN outcome IN ('cancelled', 'rescheduled') THEN moment END, true, moment
    FROM interviews, (VALUES ('candidate'), ('client')) AS parties (party) WHERE opened < $until
),
waiting AS (
    SELECT rule, kind, id, candidate, job, client, contact, ref, until, due, in_time,
        clock + (CASE WHEN reaches AND kind = side THEN INTERVAL 1 MICROSECOND ELSE INTERVAL 0 DAY END) AS clock
    FROM owed
),
answered AS (
    SELECT w.rule, w.id, w.due, w.until, w.in_time, m.moment, m.id AS fulfilled_by
    FROM (FROM waiting WHERE kind = 'candidate' AND candidate IS NOT NULL) AS w
    ASOF LEFT JOIN (FROM met WHERE kind = 'candidate') AS m ON w.candidate = m.candidate AND w.clock <= m.moment
    UNION ALL
    SELECT w.rule, w.id, w.due, w.until, w.in_time, least(a.moment, b.moment, c.moment),
        CASE least(a.moment, b.moment, c.moment) WHEN a.moment THEN a.id WHEN b.moment THEN b.id ELSE c.id END
    FROM (FROM waiting WHERE kind = 'ticket_resolved' AND ref IS NOT NULL) AS w
    ASOF LEFT JOIN (FROM met WHERE kind = 'ticket_resolved') AS a
        ON w.ref = a.ref AND w.candidate = a.candidate AND w.clock <= a.moment
    ASOF LEFT JOIN (FROM met WHERE kind = 'ticket_resolved' AND candidate IS NULL) AS b
        ON w.ref = b.ref AND w.clock <= b.moment
    ASOF LEFT JOIN (FROM met WHERE kind = 'ticket_resolved') AS c
        ON (CASE WHEN w.candidate IS NULL THEN w.ref END) = c.ref AND w.clock <= c.moment
    UNION ALL
    SELECT w.rule, w.id, w.due, w.until, w.in_time, least(a.moment, b.moment, c.moment),
        CASE least(a.moment, b.moment, c.moment) WHEN a.moment THEN a.id WHEN b.moment THEN b.id ELSE c.id END
    FROM (FROM waiting WHERE kind NOT IN ('candidate', 'client', 'ticket_resolved') AND candidate IS NOT NULL) AS w
    ASOF LEFT JOIN met AS a
        ON w.kind = a.kind AND w.candidate = a.candidate AND w.job = a.job AND w.clock <= a.moment
    ASOF LEFT JOIN (FROM met WHERE job IS NULL) AS b
        ON w.kind = b.kind AND w.candidate = b.candidate AND w.clock <= b.moment
    ASOF LEFT JOIN met AS c
        ON w.kind = c.kind AND (CASE WHEN w.job IS NULL THEN w.candidate END) = c.candidate AND w.clock <= c.moment
    UNION ALL
    SELECT w.rule, w.id, w.due, w.until, w.in_time, least(a.moment, b.moment, c.moment),
        CASE least(a.moment, b.moment, c.moment) WHEN a.moment THEN a.id WHEN b.moment THEN b.id ELSE c.id END
    FROM (FROM waiting WHERE kind = 'client' AND (contact IS NOT NULL OR client IS NOT NULL)) AS w
    ASOF LEFT JOIN (FROM met WHERE kind = 'client') AS a ON w.contact = a.contact AND w.clock <= a.moment
    ASOF LEFT JOIN (FROM met WHERE kind = 'client' AND contact IS NULL) AS b
        ON w.client = b.client AND w.clock <= b.moment
    ASOF LEFT JOIN (FROM met WHERE kind = 'client') AS c
        ON (CASE WHEN w.contact IS NULL THEN w.client END) = c.client AND w.clock <= c.moment
)
SELECT rule, id AS trigger_id, due AS due_at, moment AS fulfilled_at, fulfilled_by
FROM (SELECT * REPLACE (CASE WHEN in_time AND moment > due THEN NULL ELSE moment END AS moment) FROM answered)
WHERE due >= $start OR (moment IS NULL AND NOT in_time AND (until IS NULL OR until >= $until))
ORDER BY due_at, rule, trigger_id
"""


def owed(connection: duckdb.DuckDBPyConnection, log: duckdb.DuckDBPyRelation, as_of: date) -> pd.DataFrame:
    """What is due in the usual window or still owed: rule, trigger_id, due_at, fulfilled_at, fulfilled_by."""
    log.create_view("log", replace=True)
    asked = {"until": as_of + timedelta(days=1), "start": as_of - timedelta(days=WINDOW)}
    return connection.execute(QUERY, asked).df()
