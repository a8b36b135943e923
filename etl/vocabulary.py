"""The field's words as enums: one word per thing, the same in code, files and tables."""

from enum import StrEnum


class Channel(StrEnum):
    """Where the customer reached us or spoke about us."""

    PHONE = "phone"
    CHAT = "chat"
    EMAIL = "email"
    TASK = "task"
    SOCIAL = "social"
    REVIEW = "review"
    SURVEY = "survey"


class Direction(StrEnum):
    """Who began: inbound is the customer, outbound is us, internal is between our own people."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class Disposition(StrEnum):
    """The recorded outcome of an interaction; only answered and abandoned ones are offered."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    CALLBACK = "callback"
    VOICEMAIL = "voicemail"
    FLOW_OUT = "flow_out"
    CONTAINED = "contained"
    MESSAGE = "message"


class ResponseKind(StrEnum):
    """What an answered survey question measures, by the scale it was asked on; `told` is whether people told us."""

    NPS = "nps"
    ENPS = "enps"
    CSAT5 = "csat5"
    CSAT7 = "csat7"
    CSAT10 = "csat10"
    THUMBS = "thumbs"
    CES7 = "ces7"
    CES5 = "ces5"
    TOLD = "told"
    TEXT = "text"
    JOIN = "join"


class Sentiment(StrEnum):
    """Which way a text about us leans."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class IdentityKind(StrEnum):
    """What sort of identifier names a customer; decides how it is normalised."""

    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    ID = "id"


class Grain(StrEnum):
    """The length of the periods that a question is asked in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Goodness(StrEnum):
    """Which way is better; a neutral metric is never called good or bad."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    NEUTRAL = "neutral"


class Unit(StrEnum):
    """How a value is read: share 0 to 1, per 1,000, so many per contact, score -100 to 100, stars 1 to 5, seconds, a
    plain count or as many a day, points of an index."""

    SHARE = "share"
    PER_THOUSAND = "per 1,000"
    PER_CONTACT = "per contact"
    SCORE = "score"
    STARS = "stars"
    SECONDS = "seconds"
    COUNT = "count"
    PER_DAY = "per day"
    POINTS = "points"


class Dimension(StrEnum):
    """What a number can be split and filtered by."""

    CHANNEL = "channel"
    DIRECTION = "direction"
    TOUCHPOINT = "touchpoint"
    CAUSE = "cause"
    REASON = "reason"
    PRODUCT = "product"
    REGION = "region"
    SEGMENT = "segment"
    TEAM = "team"
    QUEUE = "queue"
    LANGUAGE = "language"
    SOURCE = "source"


class Verdict(StrEnum):
    """Whether a change between two periods can be believed (definitions: rule 10)."""

    REAL = "probably real"
    NOISE = "could be noise"
    TOO_FEW = "too few"


class Variation(StrEnum):
    """What moves a course now: a signal for better or worse, one of a neutral metric, or common causes only."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    CHANGE = "change"
    COMMON_CAUSE = "common cause"


class Assurance(StrEnum):
    """What the usual range of a course promises of its target."""

    HITS = "will pass"
    MISSES = "will fail"
    HIT_AND_MISS = "hit and miss"


class Symbol(StrEnum):
    """What a week says of a breakdown cell: a signal, quiet, too little volume, or a source that is not whole."""

    SIGNAL = "S"
    QUIET = "Q"
    LOW = "–"
    UNKNOWN = "?"


class State(StrEnum):
    """How persistent a breakdown is (definitions: state machine); `none` has had no signal for long."""

    NONE = "none"
    NEW = "new"
    RELAPSED = "relapsed"
    RECURRING = "recurring"
    PERSISTENT = "persistent"
    CHRONIC = "chronic"
    RECOVERING = "recovering"
    RESOLVED = "resolved"
    UNKNOWN = "unknown"


class Condition(StrEnum):
    """What an alert rule watches for: values outside the expected range, any pattern beyond chance, a target surely
    missed, a state that a breakdown reaches, a source that does not deliver."""

    OUTSIDE = "outside"
    PATTERN = "pattern"
    TARGET = "target"
    BREAKDOWN = "breakdown"
    SILENCE = "silence"


class AlertState(StrEnum):
    """Where an alert stands: never raised, raised, known to somebody, over, or over for so long that it tells anew."""

    OK = "ok"
    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"
    RECOVERED = "recovered"
    REARMED = "re-armed"


class AnnotationKind(StrEnum):
    """What sort of thing happened; a gap declares days whose data are missing."""

    RELEASE = "release"
    OUTAGE = "outage"
    CAMPAIGN = "campaign"
    PRICE = "price change"
    GAP = "gap"
    OTHER = "other"


class PlanState(StrEnum):
    """How far a plan is: its owner works on it, says that it is done, or it was given up."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Proof(StrEnum):
    """What the weeks after a plan opened prove of the fix (definitions: evidence for a fix)."""

    IMPROVED = "improved"
    NONE_YET = "no evidence yet"
    WORSE = "worse"
    CANNOT_TELL = "cannot tell"


class LoadStatus(StrEnum):
    """What became of one file."""

    LOADED = "loaded"
    DUPLICATE = "duplicate"
    WAITING = "waiting"
    QUARANTINED = "quarantined"
    REFUSED = "refused"


UNKNOWN = "(unknown)"
UNASSIGNED = "unassigned"
