"""What must become of the real exports of reviews, surveys and employee tables."""

Expected = tuple[str, str | None, int, int, int, str | None]

# status, source, records read, loaded and quarantined, and a part of the reason
EXPECTED: dict[str, Expected] = {
    # houses for sale
    "dirty/sample_data_cr_only.csv": ("refused", None, 0, 0, 0, "no known source comes close"),
    # its `rating` holds 0, 1 and 2: a label of the text, not stars
    "trustpilot_flix_de/trustpilot.csv": ("loaded", "trustpilot_labelled", 2_499, 2_499, 0, None),
    "google_play_reviews/google_play_reviews.csv": ("loaded", "google_play_reviews", 1_323, 1_323, 0, None),
    # two reviews have their date in the column of the name
    "airline_reviews_skytrax/AirlineReviews.csv": ("loaded", "airline_reviews", 3_586, 3_584, 2, None),
    "qualtrics/sample.csv": ("loaded", "qualtrics", 1, 1, 0, None),
    "qualtrics/sample_legacy.csv": ("loaded", "qualtrics", 1, 1, 0, None),
    "surveymonkey/StarWars.csv": ("refused", None, 0, 0, 0, "no Start Date and no End Date"),
    "surveymonkey/masculinity_raw-responses.csv": ("loaded", "surveymonkey", 1_615, 1_615, 0, None),
    "typeform/form.json": ("refused", None, 0, 0, 0, "form"),
    # three visits were never handed in: they are records without answers
    "typeform/responses.json": ("loaded", "typeform", 10, 10, 0, None),
    # all its times are 9/6/2018
    "google_forms/Form Responses 1.csv": ("refused", None, 0, 0, 0, "no date tells day from month"),
    "nps_with_users/nps_responses.csv": ("loaded", "nps_table", 100, 100, 0, None),
    "nps_with_users/users.csv": ("refused", None, 0, 0, 0, "list of users"),
    "nps_with_users/events.csv": ("refused", None, 0, 0, 0, "events of a product"),
    "nps_with_users/subscriptions.csv": ("refused", None, 0, 0, 0, "list of subscriptions"),
    "hr_employee/HR_comma_sep.csv": ("refused", None, 0, 0, 0, "employee records"),
    "pwc_churn_hr/Diversity-Inclusion-Dataset.csv": ("refused", None, 0, 0, 0, "employee records"),
    "pwc_churn_hr/02 Churn-Dataset.xlsx": ("refused", None, 0, 0, 0, "list of customers"),
    "airline_passenger_satisfaction/airline_passenger_satisfaction.csv": ("refused", None, 0, 0, 0, "averages"),
    "banking77/train.csv": ("refused", None, 0, 0, 0, "labelled sentences"),
    "banking77/categories.json": ("refused", None, 0, 0, 0, "no objects"),
    "dirty/two_metadata_rows_below_header.csv": ("refused", None, 0, 0, 0, "not recognised"),
}
