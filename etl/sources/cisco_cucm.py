"""Call detail records of Cisco Unified Communications Manager: names, then a row of SQL types, or neither of them.

Columns are added with each release at the end, so that a file without names is read by the places of the known ones.
Times are seconds since 1970 [UTC is general knowledge, no file states it]; 0 stands for never.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source
from etl.sources.documents.heads import own_name
from etl.sources.telephony.parties import at_least_none, both_ways
from etl.vocabulary import IdentityKind

NAMES = tuple(
    """
    cdrRecordType globalCallID_callManagerId globalCallID_callId origLegCallIdentifier dateTimeOrigination
    origNodeId origSpan origIpAddr callingPartyNumber callingPartyUnicodeLoginUserID origCause_location
    origCause_value origPrecedenceLevel origMediaTransportAddress_IP origMediaTransportAddress_Port
    origMediaCap_payloadCapability origMediaCap_maxFramesPerPacket origMediaCap_g723BitRate origVideoCap_Codec
    origVideoCap_Bandwidth origVideoCap_Resolution origVideoTransportAddress_IP origVideoTransportAddress_Port
    origRSVPAudioStat origRSVPVideoStat destLegIdentifier destNodeId destSpan destIpAddr
    originalCalledPartyNumber finalCalledPartyNumber finalCalledPartyUnicodeLoginUserID destCause_location
    destCause_value destPrecedenceLevel destMediaTransportAddress_IP destMediaTransportAddress_Port
    destMediaCap_payloadCapability destMediaCap_maxFramesPerPacket destMediaCap_g723BitRate destVideoCap_Codec
    destVideoCap_Bandwidth destVideoCap_Resolution destVideoTransportAddress_IP destVideoTransportAddress_Port
    destRSVPAudioStat destRSVPVideoStat dateTimeConnect dateTimeDisconnect lastRedirectDn pkid
    originalCalledPartyNumberPartition callingPartyNumberPartition finalCalledPartyNumberPartition
    lastRedirectDnPartition duration origDeviceName destDeviceName origCallTerminationOnBehalfOf
    destCallTerminationOnBehalfOf origCalledPartyRedirectOnBehalfOf lastRedirectRedirectOnBehalfOf
    origCalledPartyRedirectReason lastRedirectRedirectReason destConversationId globalCallId_ClusterID
    joinOnBehalfOf comment authCodeDescription authorizationLevel clientMatterCode origDTMFMethod destDTMFMethod
    callSecuredStatus origConversationId origMediaCap_Bandwidth destMediaCap_Bandwidth authorizationCodeValue
    outpulsedCallingPartyNumber outpulsedCalledPartyNumber origIpv4v6Addr destIpv4v6Addr
    origVideoCap_Codec_Channel2 origVideoCap_Bandwidth_Channel2 origVideoCap_Resolution_Channel2
    origVideoTransportAddress_IP_Channel2 origVideoTransportAddress_Port_Channel2 origVideoChannel_Role_Channel2
    destVideoCap_Codec_Channel2 destVideoCap_Bandwidth_Channel2 destVideoCap_Resolution_Channel2
    destVideoTransportAddress_IP_Channel2 destVideoTransportAddress_Port_Channel2 destVideoChannel_Role_Channel2
    IncomingProtocolID IncomingProtocolCallRef OutgoingProtocolID OutgoingProtocolCallRef currentRoutingReason
    origRoutingReason lastRedirectingRoutingReason huntPilotPartition huntPilotDN calledPartyPatternUsage
    IncomingICID IncomingOrigIOI IncomingTermIOI OutgoingICID OutgoingOrigIOI OutgoingTermIOI
    outpulsedOriginalCalledPartyNumber outpulsedLastRedirectingNumber wasCallQueued totalWaitTimeInQueue
    callingPartyNumber_uri originalCalledPartyNumber_uri finalCalledPartyNumber_uri lastRedirectDn_uri
    mobileCallingPartyNumber finalMobileCalledPartyNumber origMobileDeviceName destMobileDeviceName
    origMobileCallDuration destMobileCallDuration mobileCallType originalCalledPartyPattern
    finalCalledPartyPattern lastRedirectingPartyPattern huntPilotPattern origDeviceType destDeviceType
    origDeviceSessionID destDeviceSessionID
    """.split()  # noqa: SIM905 (133 names in quotes would be no easier to read)
)
FEWEST = 94  # columns of release 6
TYPE = re.compile(r"(INTEGER|VARCHAR|UNIQUEIDENTIFIER|NUMERIC|DECIMAL)(\(.*\))?", re.IGNORECASE)
GUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
EPOCH = re.compile(r"\d{9,10}|0")
SOUND = 0.7


def names(head: Head) -> tuple[str, ...] | None:
    """The columns of a file without names, if its records are call records by their places."""
    records = [head.columns, *(record for record in head.samples if any(record))]
    calls = [record for record in records if not _is_types(record)]
    if not calls or sum(_is_call(record) for record in calls) < SOUND * len(calls):
        return None
    width = len(records[0])
    return tuple(NAMES[place] if place < len(NAMES) else f"column {place + 1}" for place in range(width))


def _is_types(record: Sequence[str | None]) -> bool:
    return all(TYPE.fullmatch((cell or "").strip()) for cell in record)


def _is_call(record: Sequence[str | None]) -> bool:
    if len(record) < FEWEST:
        return False
    told = {name: (cell or "").strip() for name, cell in zip(NAMES, record, strict=False)}
    times = ("dateTimeOrigination", "dateTimeConnect", "dateTimeDisconnect")
    is_timed = all(EPOCH.fullmatch(told[name]) for name in times)
    return told["cdrRecordType"] == "1" and is_timed and bool(GUID.fullmatch(told["pkid"]))


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source, passing over the row of types where there is one, with the key and conversation that there are."""
    if own_name(source, "pkid", head) is None:
        source = replace(source, key=BY_NATURE, is_known_by_nature=True)
    if own_name(source, "globalCallID_callId", head) is None:
        source = replace(source, conversation=())
    if head.samples and _is_types(head.samples[0]):
        return replace(source, header_rows=source.header_rows + 1)
    return source


def _second(column: str) -> str:
    return f'nullif(try_cast("{column}" AS BIGINT), 0)'


STARTED, CONNECTED, ENDED = (_second(f"dateTime{name}") for name in ("Origination", "Connect", "Disconnect"))
# Of an unanswered call: 0 and 16 say that somebody hung up, 18 and 19 that nobody answered; others never got through.
GAVE_UP = "('0', '16', '18', '19', '31', '41', '102', '393216')"
OUTCOME = f"""CASE WHEN {CONNECTED} IS NOT NULL THEN 'answered'
    WHEN coalesce(trim("destCause_value"), '0') IN {GAVE_UP}
        AND coalesce(trim("origCause_value"), '0') IN {GAVE_UP} THEN 'abandoned'
    ELSE 'flow_out' END"""


def _is_phone(device: str) -> str:
    """SQL: one of our own telephones, not a trunk or a gateway, by the vendor's way of naming devices."""
    return f"regexp_matches(coalesce(\"{device}\", ''), '^(SEP|CSF|TCT|BOT|TAB|ATA|VGC|AN|CTI|UDP)')"


DIRECTION = f"""CASE WHEN {_is_phone("origDeviceName")} AND {_is_phone("destDeviceName")} THEN 'internal'
    WHEN {_is_phone("origDeviceName")} THEN 'outbound' ELSE 'inbound' END"""
ORIGINAL, FINAL = (f"nullif(trim(\"{side}CalledPartyNumber\"), '')" for side in ("original", "final"))

# Of reports that leave the id of a record out.
BY_NATURE = (
    "globalCallID_callManagerId", "globalCallID_callId", "dateTimeOrigination", "dateTimeConnect",
    "dateTimeDisconnect", "callingPartyNumber", "originalCalledPartyNumber", "finalCalledPartyNumber",
)  # fmt: skip
REQUIRED = (
    "globalCallID_callManagerId", "globalCallID_callId", "dateTimeOrigination", "dateTimeConnect",
    "dateTimeDisconnect", "duration", "callingPartyNumber", "finalCalledPartyNumber", "pkid",
)  # fmt: skip

SOURCE = Source(
    name="cisco_cucm",
    title="Cisco CUCM call records",
    form="table",
    required=REQUIRED,
    signatures=(REQUIRED[2:-1],),
    optional=("origDeviceName", "destDeviceName", "pkid", *BY_NATURE),
    ignored=NAMES,
    key=("pkid",),
    event=Field("when", ("dateTimeOrigination",), epoch="s"),
    conversation=("globalCallID_callId", "globalCallID_callManagerId"),
    handle_parts=("talk_seconds",),
    name_columns=names,
    specialise=complete,
    targets=both_ways(
        {
            "channel": Field("constant", value="phone"),
            "direction": Field("sql", ("origDeviceName", "destDeviceName"), expression=DIRECTION),
            "agent_id": Field(
                "identity", ("finalCalledPartyUnicodeLoginUserID",), identity=IdentityKind.ID, scope="agent"
            ),
            "queue": Field("text", ("huntPilotDN",)),
            "is_queued": Field("sql", ("wasCallQueued",), expression="coalesce(trim(\"wasCallQueued\") = '1', FALSE)"),
            "is_transferred": Field(
                "sql",
                ("originalCalledPartyNumber", "finalCalledPartyNumber"),
                expression=f"coalesce({ORIGINAL} <> {FINAL}, FALSE)",
            ),
            "disposition": Field("sql", ("dateTimeConnect", "origCause_value", "destCause_value"), expression=OUTCOME),
            "answered_at": Field("sql", ("dateTimeConnect",), expression=f"make_timestamp({CONNECTED} * 1000000)"),
            "wait_seconds": Field(
                "sql",
                ("dateTimeOrigination", "dateTimeConnect", "dateTimeDisconnect"),
                expression=at_least_none(f"coalesce({CONNECTED}, {ENDED}) - {STARTED}"),
            ),
            "talk_seconds": Field("seconds", ("duration",)),
        },
        "callingPartyNumber",
        "finalCalledPartyNumber",
    ),
)
