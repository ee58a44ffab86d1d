"""Acts that organisers do to many applications at once."""

from __future__ import annotations

from enum import StrEnum


class BatchAct(StrEnum):
    """What is done to each."""

    APPROVE = "approve"
    WAITLIST = "waitlist"
    REJECT = "reject"
    REQUEST_CHANGES = "request_changes"
    REOPEN = "reopen"
    TAG = "tag"
    UNTAG = "untag"
    ASSIGN = "assign"
    MAIL = "mail"
    ANNOUNCE = "announce"


# What is done to those that are chosen in the list; announcing has a page of its own.
OF_THE_LIST = tuple(act for act in BatchAct if act is not BatchAct.ANNOUNCE)
# What nobody outside the team hears of.
OF_THE_TEAM = frozenset({BatchAct.TAG, BatchAct.UNTAG, BatchAct.ASSIGN})


class BatchState(StrEnum):
    """How far it is."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
