-- one row per province, fiscal year of its brief and question (useful, understood, satisfied): how many readers gave a score, their mean and median, how many gave 1 to 5, and how many wrote words; a form that a later one replaces is not in it
SELECT province_code, fiscal_year_be, question, count(score) AS n_scores, avg(score) AS mean_score,
       median(score) AS median_score, count(*) FILTER (score = 1) AS n_1, count(*) FILTER (score = 2) AS n_2,
       count(*) FILTER (score = 3) AS n_3, count(*) FILTER (score = 4) AS n_4, count(*) FILTER (score = 5) AS n_5,
       count(words) AS n_words
FROM core_feedback
WHERE is_current
GROUP BY province_code, fiscal_year_be, question
