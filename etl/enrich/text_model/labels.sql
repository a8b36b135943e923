-- The label of each text by one head of a model, where only SQL runs: the same labels and values as the kernel's.
-- texts(text), tokens(text, token), model_sizes(token, size), model_weights(token, class, weight),
-- model_classes(class, bias), model_multipliers(step, multiplier).
WITH occurrences AS (
    SELECT text, token, COUNT(*) AS times FROM tokens GROUP BY text, token
),
sizes AS (
    SELECT occurrences.text, CAST(SUM(occurrences.times * model_sizes.size) AS BIGINT) AS size
    FROM occurrences INNER JOIN model_sizes ON model_sizes.token = occurrences.token
    GROUP BY occurrences.text
),
sums AS (
    SELECT occurrences.text, model_weights.class, CAST(SUM(occurrences.times * model_weights.weight) AS BIGINT) AS total
    FROM occurrences INNER JOIN model_weights ON model_weights.token = occurrences.token
    GROUP BY occurrences.text, model_weights.class
),
steps AS (
    SELECT texts.text, COALESCE(CAST(FLOOR(sizes.size / 8.0) AS BIGINT), 0) AS step
    FROM texts LEFT JOIN sizes ON sizes.text = texts.text
),
valued AS (
    SELECT
        steps.text, model_classes.class,
        COALESCE(sums.total, 0) * model_multipliers.multiplier + model_classes.bias AS value
    FROM steps
    INNER JOIN model_multipliers
        ON model_multipliers.step = CASE WHEN steps.step > 65535 THEN 65535 ELSE steps.step END
    CROSS JOIN model_classes
    LEFT JOIN sums ON sums.text = steps.text AND sums.class = model_classes.class
),
ranked AS (
    SELECT
        text, class, value, ROW_NUMBER() OVER (PARTITION BY text ORDER BY value DESC, class) AS place,
        LEAD(value) OVER (PARTITION BY text ORDER BY value DESC, class) AS next_value
    FROM valued
)
SELECT text, class, value, value - next_value AS margin FROM ranked WHERE place = 1
