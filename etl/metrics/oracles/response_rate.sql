-- Invitations delivered that were answered within 14 days / all that old; an answer is to the last one before it.
-- Where all that old are from before the first answer that their sources brought, nothing is known of the answers.
WITH answer AS (
    SELECT record_key, source, customer_id AS customer, MIN(responded_at) AS given_at
    FROM core_scores
    WHERE kind IS DISTINCT FROM 'enps' AND customer_id IS NOT NULL
    GROUP BY ALL
), asked AS (
    SELECT invitation.*, COALESCE(named.customer_id, invitation.customer_identifier) AS customer
    FROM core_invitations AS invitation
    LEFT JOIN core_identities AS named ON named.identifier = invitation.customer_identifier
    WHERE invitation.is_delivered
), answered AS (
    SELECT ARG_MAX(asked.invitation_number, (asked.sent_at, asked.invitation_number)) AS invitation_number
    FROM answer
    JOIN asked USING (customer, source)
    WHERE answer.given_at BETWEEN asked.sent_at AND asked.sent_at + INTERVAL 14 DAY
    GROUP BY answer.record_key
)
SELECT
    CASE WHEN EXISTS (
        SELECT 1 FROM core_sources
        WHERE source IN (SELECT source FROM core_invitations WHERE is_delivered)
            AND first_day <= LEAST($end, CAST($watermark AS DATE) - 14, watermark_day - 14)
    ) THEN AVG(CASE WHEN invitation_number IN (FROM answered) THEN 1.0 ELSE 0.0 END) END AS value, COUNT(*) AS n
FROM asked
JOIN core_sources AS delivered USING (source)
WHERE
    business_day BETWEEN $start AND LEAST($end, CAST($watermark AS DATE) - 14)
    AND business_day <= delivered.watermark_day
    AND sent_at + INTERVAL 14 DAY <= LEAST(delivered.watermark_at, $watermark_at)
    AND ($channel IS NULL OR channel = $channel)
    AND ($touchpoint IS NULL)
    AND ($region IS NULL OR region = $region)
