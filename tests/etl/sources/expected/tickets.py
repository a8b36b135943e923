"""What must become of the real exports of tickets, chats and complaints."""

Expected = tuple[str, str | None, int, int, int, str | None]

# status, source, records read, loaded and quarantined, and a part of the reason
EXPECTED: dict[str, Expected] = {
    "zendesk/api_streams/ticket_metrics.jsonl": ("loaded", "zendesk_tickets", 1, 1, 0, None),
    "zendesk/api_streams/ticket_comments.jsonl": ("loaded", "zendesk_tickets", 1, 1, 0, None),
    "zendesk/api_streams/ticket_audits.jsonl": ("loaded", "zendesk_tickets", 1, 1, 0, None),
    "zendesk/api_streams/satisfaction_ratings.jsonl": ("loaded", "zendesk_satisfaction_ratings", 1, 1, 0, None),
    "zendesk/api_streams/ticket_metric_events.jsonl": ("refused", None, 0, 0, 0, "ticket_metrics"),
    "zendesk/api_streams/users.jsonl": ("refused", None, 0, 0, 0, "list of"),
    "zendesk/api_streams/groups.jsonl": ("refused", None, 0, 0, 0, "list of"),
    "zendesk/api_streams/organizations.jsonl": ("refused", None, 0, 0, 0, "list of"),
    # no ids and no dates: nothing tells these tickets apart or when they came
    "zendesk/tickets_minimal_no_ids_no_dates.json": ("refused", None, 0, 0, 0, "created_at"),
    # one conversation with two messages of its parts
    "intercom/conversation.json": ("loaded", "intercom", 3, 3, 0, None),
    "intercom/conversations.json": ("loaded", "intercom", 3, 3, 0, None),
    "intercom/user.json": ("refused", None, 0, 0, 0, "list of"),
    "intercom/company.json": ("refused", None, 0, 0, 0, "list of"),
    "freshdesk/freshdesk_tickets.csv": ("loaded", "freshdesk", 45, 45, 0, None),
    "front/conversations.jsonl": ("loaded", "front", 1, 1, 0, None),
    "front/channels.jsonl": ("refused", None, 0, 0, 0, "list of"),
    "front/inboxes.jsonl": ("refused", None, 0, 0, 0, "list of"),
    "front/teammates.jsonl": ("refused", None, 0, 0, 0, "list of"),
    # issues without a date of any kind
    "jira/JIRA.csv": ("refused", None, 0, 0, 0, "'Created'"),
    "salesforce_case/Case.csv": ("refused", None, 0, 0, 0, "CreatedDate"),
    "comcast_complaints/Comcast_telecom_complaints_data.csv": ("loaded", "complaints", 2_224, 2_224, 0, None),
    "dirty/Consumer_Complaints_git_lfs_pointer.csv": ("refused", None, 0, 0, 0, "git-LFS"),
}
