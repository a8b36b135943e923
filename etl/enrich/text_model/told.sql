-- The texts of which a model tells a class for sure enough, where only SQL runs: `labels` is what labels.sql gives, the
-- rest its tables. The words must speak for the class against all others together, and lead by the least margin.
SELECT labels.text, labels.class
FROM labels CROSS JOIN model_least INNER JOIN model_classes ON model_classes.class = labels.class
WHERE labels.value - CASE WHEN model_classes.bias > 0 THEN model_classes.bias ELSE 0 END > model_least.value
    AND labels.margin >= model_least.margin
    AND labels.text IN (SELECT tokens.text FROM tokens INNER JOIN model_sizes ON model_sizes.token = tokens.token)
