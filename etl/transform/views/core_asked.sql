-- One row an invitation to a survey, with the first answer that it got within 14 days: an answer of its customer is to
-- the last one that came before it.
WITH asked AS (
    SELECT
        invitation.invitation_number, invitation.source, invitation.sent_at,
        COALESCE(core_identities.customer_id, invitation.customer_identifier) AS customer_id, invitation.is_delivered
    FROM core_invitations AS invitation
    LEFT JOIN core_identities ON core_identities.identifier = invitation.customer_identifier
), answered AS (
    SELECT
        record_key, source, customer_id, MIN(responded_at) AS responded_at,
        MAX(CASE WHEN kind = 'nps' THEN score END) AS score
    FROM core_scores
    WHERE customer_id IS NOT NULL AND kind <> 'enps'
    GROUP BY record_key, source, customer_id
), near AS (
    SELECT
        asked.invitation_number, answered.record_key, answered.responded_at, answered.score,
        ROW_NUMBER() OVER (
            PARTITION BY answered.record_key ORDER BY asked.sent_at DESC, asked.invitation_number DESC
        ) AS place
    FROM answered
    JOIN asked ON asked.customer_id = answered.customer_id AND asked.source = answered.source AND asked.is_delivered
        AND EXTRACT(EPOCH FROM answered.responded_at) - EXTRACT(EPOCH FROM asked.sent_at) BETWEEN 0 AND 1209600
), earliest AS (
    SELECT
        invitation_number, responded_at, score,
        ROW_NUMBER() OVER (PARTITION BY invitation_number ORDER BY responded_at, record_key) AS place
    FROM near
    WHERE place = 1
)
SELECT
    invitation.invitation_number, invitation.source, invitation.sent_at AS started_at, invitation.business_day,
    asked.customer_id, invitation.is_delivered, invitation.is_opted_out, earliest.responded_at AS answered_at,
    earliest.score, invitation.channel, CAST(NULL AS VARCHAR) AS queue, CAST(NULL AS VARCHAR) AS reason,
    CAST(NULL AS VARCHAR) AS cause, CAST(NULL AS VARCHAR) AS touchpoint, invitation.product, invitation.region,
    invitation.segment, CAST(NULL AS VARCHAR) AS language
FROM core_invitations AS invitation
JOIN asked ON asked.invitation_number = invitation.invitation_number
LEFT JOIN earliest ON earliest.invitation_number = invitation.invitation_number AND earliest.place = 1
