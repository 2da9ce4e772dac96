-- How much is held: for each area, indicator and year in which periods end, the figures stated, the documents that state them, and
-- how many are in doubt or failed another check. Where there is no row, nothing that was read states anything.
SELECT
    area_code,
    area_name,
    area_kind,
    indicator,
    year,
    count(*) AS figures,
    count(DISTINCT document_id) AS documents,
    count(*) FILTER (WHERE in_doubt) AS in_doubt,
    count(*) FILTER (WHERE NOT in_doubt AND len(checks) > 0) AS failed_checks
FROM claims
WHERE reviewed IS DISTINCT FROM 'rejected'
GROUP BY ALL
