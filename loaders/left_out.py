"""The rows that stay out of the log, as they stand in the file: what somebody needs in order to mend them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.recognise import Match
from loaders.rows import Rows

#: Columns with personal data stay where they are: in the file.
_KEPT_BACK = ("dropped", "contact")


def left_out_rows(rows: Rows, mask: np.ndarray, match: Match) -> pd.DataFrame | None:
    """The rows of the mask: their number, then the cells of the file by label, personal data left out; None if none.

    A label may be "row" too, so the first column is known by its place.
    """
    if not mask.any():
        return None
    kept = [use.header for use in match.uses if use.how not in _KEPT_BACK]
    chosen = rows.keep(mask)
    cells = [pc.fill_null(chosen.cells[label], "") for label in kept]
    frame = pa.Table.from_arrays([pa.array(chosen.number), *cells], [str(n) for n in range(len(cells) + 1)]).to_pandas()
    frame.columns = pd.Index(["row", *kept])
    return frame
