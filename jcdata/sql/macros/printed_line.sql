-- A document has each line once.
(SELECT trim(text) FROM source_lines WHERE source_lines.document_id = document AND source_lines.line_no = line)
