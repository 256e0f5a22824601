"""Everything on screen that pages share: data behind a cache, filters, texts, downloads, the parts of the upload."""
