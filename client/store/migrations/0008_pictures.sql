-- Pictures that attachments name by the SHA-256 of their bytes: each once, however many records name it.
CREATE TABLE picture(
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  whole INTEGER NOT NULL,           -- 0 = still coming: `content` is its beginning
  kept_epoch INTEGER NOT NULL DEFAULT 0,  -- epoch of the server that said it keeps it; another one is asked anew
  content BLOB NOT NULL
);
-- The attachments of this laptop whose picture is here: without any of them it goes.
CREATE TABLE picture_of(
  record BLOB PRIMARY KEY,
  sha256 BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX picture_of_name ON picture_of(sha256);
