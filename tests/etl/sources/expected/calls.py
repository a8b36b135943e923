"""What must become of the real exports of calls."""

Expected = tuple[str, str | None, int, int, int, str | None]

# status, source, records read, loaded and quarantined, and a part of the reason
EXPECTED: dict[str, Expected] = {
    "amazon_connect_ctr/ctr_2022_voice_inbound.json": ("loaded", "amazon_connect", 1, 1, 0, None),
    "asterisk_cdr/Master.csv": ("loaded", "asterisk_cdr", 14, 14, 0, None),
    # callers' names stand in quotes that are not doubled inside quotes
    "asterisk_cdr/pbxware_cdr_dump.csv": ("loaded", "asterisk_cdr", 1_000, 1_000, 0, None),
    # 22 lines about four calls
    "asterisk_queue_log/queue_log": ("loaded", "asterisk_queue_log", 4, 4, 0, None),
    "bank_calls_5min/bank_calls.csv": ("loaded", "call_volumes_interval", 27_716, 27_716, 0, None),
    "cisco_cucm_cdr/cdr_StandAloneCluster_02_201510091036_254831": ("loaded", "cisco_cucm", 3, 3, 0, None),
    "cisco_cucm_cdr/cmr_StandAloneCluster_02_201510091036_254831": ("refused", None, 0, 0, 0, "call-quality records"),
    "daily_call_center_kaggle/Call Center Data.csv": ("loaded", "call_volumes_daily", 1_251, 1_251, 0, None),
    # all its dates are 04/09/17
    "dirty/g9telecom_cr_only_ddmmyy.csv": ("refused", None, 0, 0, 0, "no date tells day from month"),
    # one call stands there three times
    "freeswitch_cdr/Master.csv": ("loaded", "freeswitch_cdr", 10, 8, 0, None),
    "genesys_cloud_conversation_detail/conversation1.json": ("loaded", "genesys_cloud", 1, 1, 0, None),
    "genesys_cloud_conversation_detail/conversation2.json": ("loaded", "genesys_cloud", 1, 1, 0, None),
    "pwc_call_center/01 Call-Center-Dataset.xlsx": ("loaded", "call_center", 5_000, 5_000, 0, None),
    "pwc_call_center/Call-Center-Dataset.csv": ("loaded", "call_center", 5_000, 5_000, 0, None),
    # a transcript, and with a comma too many
    "ringcentral_call_log/ai-interactions-response.json": ("refused", None, 0, 0, 0, "not valid JSON"),
    "ringcentral_call_log/call-log-sample.json": ("loaded", "ringcentral", 1, 1, 0, None),
    "simulated_call_centre/simulated_call_centre.csv": ("loaded", "call_times", 11_000, 11_000, 0, None),
    "small_call_logs/3cx_wallboard_test_cdr.csv": ("loaded", "call_log", 10, 10, 0, None),
    "zendesk_talk/call_legs.jsonl": ("loaded", "zendesk_talk", 1, 1, 0, None),
    "zendesk_talk/calls.jsonl": ("loaded", "zendesk_talk", 1, 1, 0, None),
}
