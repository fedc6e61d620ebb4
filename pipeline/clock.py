"""The day by Thailand's clock, whatever the machine's says: what is due, how long ago, when it was built."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone

THAI_TIME = timezone(timedelta(hours=7))
# As reproducible builds set it: the moment, in seconds since 1970, of which a build is to be.
_EPOCH = "SOURCE_DATE_EPOCH"


def this_day() -> date:
    """This day in Thailand, or that of SOURCE_DATE_EPOCH where it is set: what two builds are to share, they share."""
    epoch = os.environ.get(_EPOCH)
    moment = datetime.fromtimestamp(int(epoch), THAI_TIME) if epoch else datetime.now(THAI_TIME)
    return moment.date()
