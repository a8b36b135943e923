-- One row a counted, scored answer, with the contact it is about and what it takes from that contact.
-- replaces: record_key of scope_responses
WITH answer AS (
    SELECT * FROM scoped_responses WHERE is_counted AND score IS NOT NULL AND kind IS NOT NULL
), named AS (
    SELECT answer.record_key, MIN(legs.contact_key) AS contact_key
    FROM (SELECT DISTINCT record_key, source, named_contact FROM answer WHERE named_contact IS NOT NULL) AS answer
    JOIN core_records ON core_records.record_id = answer.named_contact AND core_records.source <> answer.source
    JOIN core_interactions AS legs ON legs.record_key = core_records.record_key
    GROUP BY answer.record_key
    HAVING COUNT(DISTINCT legs.contact_key) = 1
), placed AS (
    SELECT
        answer.*,
        COALESCE(own.contact_key, named.contact_key) AS contact_key,
        COALESCE(core_identities.customer_id, answer.customer_identifier) AS answering_customer
    FROM answer
    LEFT JOIN core_interactions AS own ON own.record_key = answer.record_key
    LEFT JOIN named ON named.record_key = answer.record_key
    LEFT JOIN core_identities ON core_identities.identifier = answer.customer_identifier
), inferred AS (
    SELECT
        placed.record_key, contacts.contact_key,
        ROW_NUMBER() OVER (
            PARTITION BY placed.record_key ORDER BY contacts.started_at DESC, contacts.contact_key DESC
        ) AS place
    FROM (
        SELECT DISTINCT record_key, answering_customer, responded_at FROM placed
        WHERE contact_key IS NULL AND answering_customer IS NOT NULL
    ) AS placed
    JOIN core_contacts AS contacts ON contacts.customer_id = placed.answering_customer
        AND contacts.started_at <= placed.responded_at
        AND EXTRACT(EPOCH FROM placed.responded_at) - EXTRACT(EPOCH FROM contacts.started_at) <= 604800
), joined AS (
    SELECT placed.*, COALESCE(placed.contact_key, inferred.contact_key) AS about_key,
        placed.contact_key IS NULL AND inferred.contact_key IS NOT NULL AS is_inferred
    FROM placed
    LEFT JOIN inferred ON inferred.record_key = placed.record_key AND inferred.place = 1
)
SELECT
    joined.record_key, joined.source, joined.question, joined.kind, joined.score, joined.responded_at,
    joined.business_day, COALESCE(joined.answering_customer, contacts.customer_id) AS customer_id,
    joined.about_key AS contact_key, joined.is_inferred,
    COALESCE(contacts.channel, 'survey') AS channel, contacts.team, contacts.queue,
    COALESCE(NULLIF(joined.reason, 'unassigned'), contacts.reason, joined.reason) AS reason, COALESCE(NULLIF(joined.cause, 'unassigned'), contacts.cause, joined.cause) AS cause,
    COALESCE(NULLIF(joined.touchpoint, 'unassigned'), contacts.touchpoint, joined.touchpoint) AS touchpoint,
    COALESCE(joined.product, contacts.product) AS product, COALESCE(joined.region, contacts.region) AS region,
    COALESCE(joined.segment, contacts.segment) AS segment, COALESCE(joined.language, contacts.language) AS language
FROM joined
LEFT JOIN core_contacts AS contacts ON contacts.contact_key = joined.about_key
