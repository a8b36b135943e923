-- One row a customer that contacted us.
SELECT customer_id, MIN(business_day) AS first_day, MAX(business_day) AS last_day, COUNT(*) AS contact_count
FROM core_contacts
WHERE customer_id IS NOT NULL AND direction = 'inbound'
GROUP BY customer_id
