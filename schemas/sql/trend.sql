-- What is stated of each indicator and area through time: one preferred actual figure for each period, none in doubt.
-- Forms of period (`period_form`) are different measurements of time: join only points of one form by a line.
SELECT * FROM figures_preferred WHERE kind = 'actual' AND NOT in_doubt
