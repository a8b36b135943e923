-- Failures whose customer was content within 30 days and did not come back for the same reason / all that old.
WITH failure AS (
    SELECT
        core_failures.*, core_contacts.customer_id AS customer,
        COALESCE(NULLIF(core_contacts.reason, 'unassigned'), '?') AS problem
    FROM core_failures
    JOIN core_contacts USING (contact_key)
), praise AS (
    SELECT customer_id AS customer, contact_key, responded_at AS given_at
    FROM core_scores
    WHERE (kind, score) IN (
        ('nps', 9), ('nps', 10), ('csat5', 4), ('csat5', 5), ('csat7', 6), ('csat7', 7), ('csat10', 9), ('csat10', 10),
        ('thumbs', 1)
    )
    UNION ALL
    SELECT COALESCE(named.customer_id, mention.author_identifier), NULL, mention.posted_at
    FROM core_mentions AS mention
    JOIN core_sentiments AS tone USING (record_key)
    LEFT JOIN core_identities AS named ON named.identifier = mention.author_identifier
    WHERE tone.label = 1 AND NOT (mention.is_own OR mention.is_repost)
), attempt AS (
    SELECT contact_key, customer_id AS customer, started_at, COALESCE(NULLIF(reason, 'unassigned'), '?') AS problem
    FROM core_contacts
    WHERE direction = 'inbound'
        AND (is_abandoned AND abandon_seconds <= LEAST($short_abandon_seconds, $threshold_seconds)) IS NOT TRUE
)
SELECT
    AVG(CASE WHEN
        EXISTS (
            SELECT 1
            FROM praise
            WHERE COALESCE(praise.customer, praise.contact_key::VARCHAR)
                    = COALESCE(failure.customer, failure.contact_key::VARCHAR)
                AND praise.given_at BETWEEN failure.started_at AND failure.started_at + INTERVAL 30 DAY
        )
        AND NOT EXISTS (
            SELECT 1
            FROM attempt AS next
            WHERE next.customer = failure.customer AND next.problem = failure.problem
                AND (next.started_at, next.contact_key) > (failure.started_at, failure.contact_key)
                AND next.started_at <= failure.started_at + INTERVAL 30 DAY
        )
        THEN 1.0 ELSE 0.0 END) AS value,
    COUNT(*) AS n
FROM failure
JOIN core_sources AS delivered USING (source)
WHERE
    failure.business_day BETWEEN $start AND LEAST($end, CAST($watermark AS DATE) - 30)
    AND failure.business_day <= delivered.watermark_day
    AND failure.started_at + INTERVAL 30 DAY <= LEAST(delivered.watermark_at, $watermark_at)
    AND ($channel IS NULL OR failure.channel = $channel)
    AND ($touchpoint IS NULL OR failure.touchpoint = $touchpoint)
    AND ($region IS NULL OR failure.region = $region)
