"""Where else contacts ended: called back, recorded, sent to another queue or served by a machine."""

from etl.metrics.kinds import Count
from etl.vocabulary import Disposition, Goodness, Unit

ENDS = (
    ("callbacks", Disposition.CALLBACK, "Callbacks", "Inbound contacts whose customer was called back instead."),
    ("voicemails", Disposition.VOICEMAIL, "Voicemails", "Inbound contacts that ended in a recorded message."),
    ("flow_outs", Disposition.FLOW_OUT, "Flow-outs", "Inbound legs that left their queue for another one, unanswered."),
    ("contained", Disposition.CONTAINED, "Contained by self-service", "Inbound contacts that ended in the voice menu."),
)

METRICS = tuple(
    Count(
        name=name,
        label=label,
        fact="interactions",
        unit=Unit.COUNT,
        goodness=Goodness.NEUTRAL,
        owner="Workforce management",
        meaning=f"{meaning} Neither answered nor abandoned.",
        variant_note="Some systems call them answered or abandoned; either moves service level and abandonment.",
        where=f"direction = 'inbound' AND disposition = '{disposition}'",
    )
    for name, disposition, label, meaning in ENDS
)
