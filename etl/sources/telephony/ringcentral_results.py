"""The results of calls and faxes in RingCentral's call log, as the outcomes that they are."""

ANSWERED = ("Accepted", "Call connected", "Call accepted", "Connected", "In Progress")
GIVEN_UP = (
    "Missed", "Missed Call", "No Answer", "Hang Up", "HangUp", "Abandoned", "Answered Not Accepted", "Unknown",
    "ResultEmpty",
)  # fmt: skip
# The call never got through to anybody, or was turned away.
NOT_THROUGH = (
    "Busy", "Rejected", "Declined", "Call Declined", "Blocked", "Call Failed", "Call Failure", "Failed",
    "Internal Error", "IP Phone Offline", "No Calling Credit", "Not Allowed", "Not Allowed To Call",
    "Restricted Number", "Wrong Number", "Stopped", "Poor Line Quality", "International Disabled",
    "International Restricted", "Suspended account", "Account Suspended", "Call Suspended", "Forwarded", "Disconnected",
)  # fmt: skip
LEFT = ("Voicemail", "Reply")
FAXES = (
    "Received", "Fax on Demand", "Faxed", "Partial Receive", "Receive Error", "Fax Receipt Error", "Fax Receipt",
    "Fax Partially Sent", "No fax machine", "Send Error", "Sent", "Fax Not Sent", "Fax Poor Line",
)  # fmt: skip
OUTCOMES = {
    **dict.fromkeys(ANSWERED, "answered"), **dict.fromkeys(GIVEN_UP, "abandoned"),
    **dict.fromkeys(NOT_THROUGH, "flow_out"), **dict.fromkeys(LEFT, "voicemail"), **dict.fromkeys(FAXES, "message"),
}  # fmt: skip


def is_answered(result: str) -> bool:
    """Whether a result says that somebody took the call."""
    return result.casefold() in {word.casefold() for word in ANSWERED}
