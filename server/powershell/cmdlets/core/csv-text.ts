/** One field of a line: in quotes always, as Windows PowerShell writes it. */
export const csvField = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export const csvLine = (fields: readonly string[], delimiter: string): string =>
  fields.map(csvField).join(delimiter);

/** Fields of a text in lines; a field in quotes may go over several. */
export const csvRows = (text: string, delimiter: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  const endRow = (): void => {
    row.push(field);
    field = '';
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    if (isQuoted && unit === '"' && text.charAt(at + 1) === '"') {
      field += '"';
      at += 1;
    } else if (unit === '"') isQuoted = !isQuoted;
    else if (!isQuoted && unit === delimiter) {
      row.push(field);
      field = '';
    } else if (!isQuoted && unit === '\n') endRow();
    else if (isQuoted || unit !== '\r') field += unit;
  }
  endRow();
  return rows;
};
