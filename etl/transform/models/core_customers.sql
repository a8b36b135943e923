-- One row a customer that contacted us.
-- replaces: customer_id of scope_customers
SELECT customer_id, MIN(business_day) AS first_day, MAX(business_day) AS last_day, COUNT(*) AS contact_count
FROM scoped_contacts
WHERE customer_id IS NOT NULL AND direction = 'inbound'
GROUP BY customer_id
