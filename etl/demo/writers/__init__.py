"""One writer for each real export format, and the files that an analyst keeps beside the exports."""
