"""What must become of the real exports of social networks."""

Expected = tuple[str, str | None, int, int, int, str | None]

# status, source, records read, loaded and quarantined, and a part of the reason
EXPECTED: dict[str, Expected] = {
    # 94 natural keys occur twice: 22 pairs are identical, 72 pairs were labelled differently
    "airline_tweets/Tweets.csv": ("loaded", "airline_tweets", 8_750, 8_584, 144, "damaged by a spreadsheet"),
    "x_api_v2/noflat.jsonl": ("loaded", "x_v2", 100, 100, 0, None),
    "x_api_v2/geo_tweets.jsonl": ("loaded", "x_v2", 2, 2, 0, None),
    "x_api_v2/counts.jsonl": ("refused", None, 0, 0, 0, "counts of X posts"),
    "x_api_v1/search.json": ("loaded", "x_v1", 3, 3, 0, None),
    "x_api_v1/statuses.json": ("loaded", "x_v1", 20, 20, 0, None),
    "x_archive/tweets.js": ("loaded", "x_archive", 1_758, 1_758, 0, None),
    "twcs_customer_support/twcs_sample.csv": ("loaded", "twcs", 36, 36, 0, None),
    # 25 posts with 48 comments
    "facebook_graph/v2_1__feed-got.json": ("loaded", "facebook", 73, 73, 0, None),
    "facebook_graph/post-with-normal-comments.json": ("loaded", "facebook", 2, 2, 0, None),
    # a rating with a comment
    "facebook_graph/v2_2__page-rating-example1.json": ("loaded", "facebook", 2, 2, 0, None),
    "facebook_graph/v16_0__post-with-insight.json": ("refused", None, 0, 0, 0, "insights"),
    # its last line is cut off
    "facebook_csv_flix_de/facebook_data.csv": ("loaded", "facebook_comments", 249, 248, 1, "cp1252"),
    # a comment with its reply
    "instagram_graph/comment.json": ("loaded", "instagram", 2, 2, 0, None),
    "instagram_graph/media-carousel.json": ("loaded", "instagram", 1, 1, 0, None),
    # three replies with different words under one id
    "threads_api/basic-list-reply.json": ("quarantined", "threads", 3, 0, 3, None),
    "youtube_comment_threads/commentThreads.json": ("loaded", "youtube", 20, 20, 0, None),
    "reddit_listing/comments_1.json": ("loaded", "reddit", 100, 100, 0, None),
    "reddit_listing/comments_2.json": ("loaded", "reddit", 99, 99, 0, None),
    "mastodon/public_timeline.json": ("loaded", "mastodon", 20, 20, 0, None),
    "bluesky/post_record.json": ("loaded", "bluesky", 1, 1, 0, None),
    "bluesky/thread_view_post_with_embed_media.json": ("loaded", "bluesky", 1, 1, 0, None),
}
