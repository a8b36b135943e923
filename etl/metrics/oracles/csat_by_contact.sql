-- Ratings in the top two of five, seven or ten, and thumbs up / all ratings, on the day of the contact they are about.
WITH answer AS (
    SELECT given.*, COALESCE(named.customer_id, given.customer_identifier) AS customer
    FROM core_responses AS given
    JOIN core_sources AS delivered USING (source)
    LEFT JOIN core_identities AS named ON named.identifier = given.customer_identifier
    WHERE
        given.business_day <= delivered.watermark_day
        AND given.is_counted AND given.score IS NOT NULL
        AND given.kind = ANY (['csat5', 'csat7', 'csat10', 'thumbs'])
), placed AS (
    -- The contact it belongs to, else the one it names, else the customer's last of the 7 days before.
    SELECT answer.*, COALESCE(
        (SELECT MIN(contact_key) FROM core_interactions WHERE core_interactions.record_key = answer.record_key),
        (
            SELECT CASE WHEN COUNT(DISTINCT legs.contact_key) = 1 THEN MIN(legs.contact_key) END
            FROM core_records
            JOIN core_interactions AS legs USING (record_key)
            WHERE core_records.record_id = answer.named_contact AND core_records.source <> answer.source
        ),
        (
            SELECT ARG_MAX(contact_key, (started_at, contact_key))
            FROM core_contacts
            WHERE core_contacts.customer_id = answer.customer
                AND core_contacts.started_at BETWEEN answer.responded_at - INTERVAL 7 DAY AND answer.responded_at
        )
    ) AS about_key
    FROM answer
), described AS (
    SELECT
        placed.record_key, placed.question, placed.kind, placed.score, placed.responded_at,
        COALESCE(placed.customer, contact.customer_id, CAST(placed.record_key AS VARCHAR)) AS person,
        COALESCE(contact.channel, 'survey') AS channel,
        COALESCE(
            NULLIF(placed.touchpoint, 'unassigned'), contact.touchpoint, placed.touchpoint,
            (
                SELECT ARG_MIN(told.touchpoint, told.field)
                FROM core_told_causes AS told
                WHERE told.record_key = placed.record_key AND told.cause IS NOT NULL
                    AND placed.cause IS NULL AND contact.cause IS NULL
            )
        ) AS touchpoint,
        COALESCE(placed.region, contact.region) AS region
    FROM placed
    JOIN core_contacts AS contact ON contact.contact_key = placed.about_key
    WHERE contact.business_day BETWEEN $start AND LEAST($end, $watermark - 7)
)
SELECT
    AVG(CASE WHEN score > CASE kind WHEN 'csat5' THEN 3 WHEN 'csat7' THEN 5 WHEN 'csat10' THEN 8 ELSE 0 END
        THEN 1.0 ELSE 0.0 END) AS value,
    COUNT(*) AS n
FROM described
WHERE
    ($channel IS NULL OR channel = $channel)
    AND ($touchpoint IS NULL OR touchpoint = $touchpoint)
    AND ($region IS NULL OR region = $region)
