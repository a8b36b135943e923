-- The accounting identity of every load.
SELECT load_id
FROM core_loads
WHERE read_count <> loaded_count + updated_count + unchanged_count + superseded_count + quarantined_count
LIMIT 20
