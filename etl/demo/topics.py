"""What customers of the demo company contact it about, and where: topics, queues, touchpoints."""

from dataclasses import dataclass

from etl.vocabulary import Channel

PRODUCTS = ("mobile", "broadband", "tv")
PRODUCT_SHARES = (0.5, 0.35, 0.15)
CHANNELS = (Channel.PHONE, Channel.CHAT, Channel.EMAIL)
CHANNEL_SHARES = (0.60, 0.27, 0.13)


@dataclass(frozen=True)
class Queue:
    """A Connect queue; without a touchpoint it is one that nobody has mapped yet."""

    name: str
    channel: Channel
    touchpoint: str | None
    address: str


QUEUES = (
    Queue("Billing", Channel.PHONE, "billing line", "+498000000101"),
    Queue("Technical Support", Channel.PHONE, "technical line", "+498000000102"),
    Queue("Customer Care", Channel.PHONE, "customer line", "+498000000103"),
    Queue("Overflow", Channel.PHONE, None, "+498000000104"),
    Queue("Web Chat", Channel.CHAT, "web chat", "chat"),
    Queue("E-mail Desk", Channel.EMAIL, "e-mail desk", "help@meridian.example.com"),
)
QUEUE_NAMES = tuple(queue.name for queue in QUEUES)
OVERFLOW, WEB_CHAT, EMAIL_DESK = (QUEUE_NAMES.index(name) for name in ("Overflow", "Web Chat", "E-mail Desk"))


@dataclass(frozen=True)
class Topic:
    """Why a customer contacts us, as the agent's desktop records it.

    A wish is what a customer wants of us; every other topic is something that went wrong.
    `weight` is relative within a product; `line` is the phone queue that the menu leads to. Without a
    cause nobody has mapped the code yet.
    """

    code: str
    reason: str
    cause: str | None
    products: tuple[str, ...]
    weight: float
    line: str
    is_complaint: bool = False
    is_wish: bool = False


TOPICS = (
    Topic("invoice_wrong", "billing", "wrong invoice", PRODUCTS, 1.2, "Billing"),
    Topic("payment_failed", "billing", "payment not booked", PRODUCTS, 0.9, "Billing"),
    Topic("tariff_change", "contract", "tariff change", PRODUCTS, 1.0, "Customer Care", is_wish=True),
    Topic("cancellation", "contract", "cancellation not confirmed", PRODUCTS, 0.8, "Customer Care"),
    Topic("slow_internet", "fault", "slow broadband", ("broadband",), 2.2, "Technical Support"),
    Topic("no_signal", "fault", "no mobile signal", ("mobile",), 1.5, "Technical Support"),
    Topic("box_setup", "setup", "box setup", ("broadband", "tv"), 1.6, "Technical Support", is_wish=True),
    Topic("sim_activation", "setup", "SIM activation", ("mobile",), 1.3, "Customer Care", is_wish=True),
    Topic("delivery_late", "order", "late delivery", PRODUCTS, 0.8, "Customer Care"),
    Topic("promise_broken", "complaint", "broken promise", PRODUCTS, 0.15, "Customer Care", is_complaint=True),
    Topic("general_question", "", None, PRODUCTS, 0.25, "Customer Care"),
    Topic("other", "", None, PRODUCTS, 0.12, "Customer Care"),
)
TOPIC_CODES = tuple(topic.code for topic in TOPICS)

EVENING_TOUCHPOINT = "evening line"
EVENING_TOPICS = (
    ("Contract related", 0.26, "contract", "tariff change"),
    ("Technical Support", 0.28, "fault", "slow broadband"),
    ("Payment related", 0.24, "billing", "payment not booked"),
    ("Streaming", 0.16, "fault", "streaming interrupted"),
    ("Admin Support", 0.06, "", None),
)


def queue_index(topic: Topic, channel: Channel) -> int:
    """Where a contact about the topic lands: the menu's line on the phone, one queue for chat, one for e-mail."""
    if channel is Channel.PHONE:
        return QUEUE_NAMES.index(topic.line)
    return WEB_CHAT if channel is Channel.CHAT else EMAIL_DESK
