-- Every interaction belongs to exactly one contact.
SELECT legs.record_key
FROM core_interactions AS legs
LEFT JOIN core_contacts AS contacts ON contacts.contact_key = legs.contact_key
WHERE contacts.contact_key IS NULL
LIMIT 20
