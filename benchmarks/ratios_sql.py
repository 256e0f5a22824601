"""The yardstick of the ratios: the counts of all seven, by desk and week, as one query written by hand for DuckDB.

It counts what `quality.ratios` counts in the activity view with the rules it starts with: hits by rule, first
send-outs, fills and presentations, credit to the desk that won the order, and fills that fell off inside the guarantee.
Values and intervals are not computed here.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

QUERY = """
WITH log AS (
    SELECT activity_id, occurred_at, date_trunc('day', occurred_at) AS day, desk, activity, outcome, candidate, job,
        lower(client) AS client,
        coalesce(candidate, activity_id) AS who, coalesce(job, client, '') AS place,
        CASE WHEN candidate IS NULL THEN 0 WHEN job IS NOT NULL THEN 1 WHEN client IS NOT NULL THEN 2 ELSE 3 END
            AS known
    FROM read_parquet($files) WHERE occurred_at < $as_of + INTERVAL 1 DAY
),
orders AS (
    SELECT job, coalesce(client, '') AS client, arg_min(desk, (occurred_at, activity_id)) AS owner,
        count(*) OVER (PARTITION BY job) AS clients
    FROM log WHERE activity = 'contract' AND job IS NOT NULL GROUP BY job, coalesce(client, '')
),
once AS (
    SELECT *, coalesce(client, min(client) OVER (PARTITION BY activity, who, place, known), '') AS place_of
    FROM log
    WHERE activity IN ('presentation', 'fill')
        OR (activity = 'send_out' AND coalesce(outcome, '') NOT IN ('cancelled', 'no_show', 'rescheduled'))
),
firsts AS (
    SELECT activity, who, place, known, place_of, arg_min(coalesce(outcome, ''), (occurred_at, activity_id)) AS outcome,
        arg_min(desk, (occurred_at, activity_id)) AS desk, min(day) AS day,
        arg_min(job, (occurred_at, activity_id)) AS job,
        coalesce(arg_min(client, (occurred_at, activity_id)), '') AS client
    FROM once GROUP BY ALL
),
guarantees AS (
    SELECT fills.who, fills.place, fills.known, any_value(fills.day) AS filled,
        coalesce(min(starts.day), any_value(fills.day)) + INTERVAL 90 DAY AS until
    FROM (FROM firsts WHERE activity = 'fill') AS fills
    LEFT JOIN (FROM log WHERE activity = 'start') AS starts
        ON fills.who = starts.who AND fills.place = starts.place AND fills.known = starts.known
        AND starts.day >= fills.day
    GROUP BY fills.who, fills.place, fills.known
),
fallen AS (
    SELECT DISTINCT who, place, known
    FROM guarantees JOIN log USING (who, place, known)
    WHERE activity = 'end' AND outcome IN ('quit', 'terminated', 'never_started') AND day BETWEEN filled AND until
),
steps AS (
    SELECT firsts.desk, coalesce(among.owner, alone.owner, firsts.desk) AS owner, firsts.day, firsts.activity,
        (firsts.activity = 'fill' AND (
            fallen.who IS NOT NULL OR firsts.outcome IN ('quit', 'terminated', 'never_started')
        ))::INT AS fell_off
    FROM firsts
    LEFT JOIN (FROM orders WHERE clients = 1) AS alone
        ON firsts.job = alone.job AND (firsts.client = '' OR alone.client = '')
    LEFT JOIN orders AS among ON firsts.job = among.job AND firsts.client = among.client
    LEFT JOIN fallen USING (who, place, known)
    WHERE firsts.day BETWEEN $start AND $end
),
counts AS (
    SELECT desk, day,
        sum((activity = 'recruiting_call')::INT) AS recruiting_call,
        sum((activity = 'hit' OR (activity = 'recruiting_call' AND outcome IN ('interested')))::INT) AS hit,
        sum((activity = 'interview'
            AND coalesce(outcome, '') NOT IN ('cancelled', 'no_show', 'rescheduled'))::INT) AS interview,
        sum((activity = 'marketing_call')::INT) AS marketing_call,
        sum((activity = 'contract')::INT) AS contract,
        0 AS presentation, 0 AS send_out, 0 AS fill, 0 AS fell_off,
        0 AS send_out_by_order, 0 AS fill_by_order, 0 AS fell_off_by_order
    FROM log WHERE day BETWEEN $start AND $end GROUP BY ALL
    UNION ALL
    SELECT desk, day, 0, 0, 0, 0, 0, sum((activity = 'presentation')::INT), sum((activity = 'send_out')::INT),
        sum((activity = 'fill')::INT), sum(fell_off), 0, 0, 0
    FROM steps GROUP BY ALL
    UNION ALL
    SELECT owner, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, sum((activity = 'send_out')::INT), sum((activity = 'fill')::INT),
        sum(fell_off)
    FROM steps GROUP BY ALL
)
SELECT desk, date_trunc('week', day) AS week, sum(COLUMNS(* EXCLUDE (desk, day)))
FROM counts GROUP BY ALL ORDER BY ALL
"""


def counts(connection: duckdb.DuckDBPyConnection, folder: Path, as_of: date, start: date, end: date) -> pd.DataFrame:
    """One row per desk and ISO week with activity: desk, week (its Monday) and the counts in the names of the tally."""
    asked = {"files": str(folder / "*.parquet"), "as_of": as_of, "start": start, "end": end}
    return connection.execute(QUERY, asked).df()
