"""Sentences of customers and agents, by topic and mood, with gaps for places, days and amounts."""

PLACES = ("Hamburg", "Leipzig", "Berlin", "Cologne", "Munich", "Bremen", "Dresden", "Kiel")
HANDLE = "MeridianHelp"

COMPLAINTS = {
    "invoice_wrong": (
        "my invoice is wrong again, {amount} euro too much this time",
        "why is there a charge of {amount} euro on my bill that nobody can explain?",
        "third wrong bill in a row. {amount} euro for what exactly?",
    ),
    "payment_failed": (
        "I paid {days} days ago and you still send me reminders",
        "my payment of {amount} euro is not booked and now you threaten to cut me off",
    ),
    "tariff_change": (
        "changed my tariff {days} days ago and still pay the old price",
        "nobody can tell me when my new tariff starts, is it that hard?",
    ),
    "cancellation": (
        "cancelled {days} days ago and still no confirmation",
        "how do I get a confirmation of my cancellation? I have asked {days} times",
    ),
    "slow_internet": (
        "internet in {place} is crawling, {days} Mbit instead of 100",
        "broadband slow every evening for {days} days now, {place}",
        "cannot work from home, the connection in {place} drops every hour",
    ),
    "no_signal": (
        "no signal in {place} since this morning",
        "dead mobile network in {place} for {days} days, what is going on?",
    ),
    "box_setup": (
        "the new box will not start, red light for {days} days",
        "set up the router {days} times, it still does not connect",
    ),
    "sim_activation": (
        "my new SIM is still not active after {days} days",
        "SIM activation fails with an error every single time",
    ),
    "delivery_late": (
        "my phone was due {days} days ago, where is it?",
        "parcel late again, the courier in {place} knows nothing",
    ),
    "promise_broken": (
        "you promised a call back {days} days ago, nothing happened",
        "the refund of {amount} euro that you promised never came",
    ),
    "general_question": (
        "do you have a shop in {place} that is open on Saturday?",
        "is there a student price for the {amount} euro plan?",
    ),
    "other": (
        "who is in charge of your website?",
        "your ad in {place} is everywhere, a bit much",
    ),
}
PRAISE = (
    "great service today, thank you, solved in {days} minutes",
    "really happy with the new connection in {place}, well done",
    "your agent was kind and quick, thanks a lot",
)
OUTRAGE = (
    "{days} calls to the billing hotline and nobody ever picks up. What a disgrace",
    "waited {amount} minutes on the phone about my bill, then the line went dead. Terrible",
    "is anyone still working at your billing hotline? I give up, this is a joke",
    "nobody answers the phone, the bill is wrong and I am furious",
)
ASIDES = (
    " Call me back on {phone}.",
    " Write to me at {email}, please.",
    " My number is {phone}.",
)
AGENT_REPLIES = (
    "Sorry to hear that! Please send us a private message with your customer number. ^{sign}",
    "That should not happen. We would like to look into it, please send us a private message. ^{sign}",
    "Thanks for letting us know. Which address is this about? Send it by private message, please. ^{sign}",
)
FOLLOW_UPS = (
    "I did, {days} hours ago",
    "sent you a message, still waiting",
    "ok, message sent",
    "it is about {place}, as I said",
)
SECOND_REPLIES = (
    "Found it, thank you. A colleague takes care of it today. ^{sign}",
    "We have passed it on and will write to you as soon as it is done. ^{sign}",
)
CLOSINGS = (
    "thanks, works again!",
    "ok, thank you for the quick help",
    "still nothing after {days} hours, not good enough",
)
ADDITIONS = (
    "and by the way, {days} minutes on hold before that",
    "picture of it follows, see for yourself",
)
APP_COMPLAINTS = (
    "crashes every time I open my bill, {days} times today",
    "cannot log in since the update, it keeps asking for a code that never comes",
    "the app shows {amount} euro, the letter says something else",
    "slow, and the data counter has been wrong for {days} days",
)
APP_MIXED = (
    "does what it should, but logging in takes {days} seconds",
    "okay, though I miss the usage of last month",
    "good for the bill, useless for anything else",
)
APP_PRAISE = (
    "everything in one place, paid my bill in {days} seconds",
    "clear and quick, love the data counter",
    "booked extra data abroad with two taps, great",
    "works well, the chat helped me at once",
)
APP_REPLIES_SORRY = (
    "We are sorry about that. Please write to us in the chat of the app, we will look into it. Your Meridian team",
    "Thank you for telling us. The next version brings a fix; if it does not help, call us. Your Meridian team",
)
APP_REPLIES_THANKS = (
    "Thank you, we are glad to read that! Your Meridian team",
    "Thanks for the stars! What would make it even better? Your Meridian team",
)
REASONS_CONTENT = (
    "Quick and friendly",
    "Everything solved in one call",
    'The agent said "no problem" and it was none',
    "Good network in {place}, fair price",
)
REASONS_NEUTRAL = (
    "It was fine, but it took {days} minutes",
    "Helpful, though I had to explain it twice",
    "Okay so far",
)
