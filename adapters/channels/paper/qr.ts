import QRCode from 'qrcode'

/** A code that a phone's camera opens, drawn as squares of `size / modules` points, with the quiet zone around it that readers need. */
export function drawQr(document: PDFKit.PDFDocument, text: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const quiet = 4
  const side = size / (modules.size + 2 * quiet)
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) === 0) continue
      // Neighbours in a row are one rectangle: no hairline of white between them.
      let end = column
      while (end + 1 < modules.size && modules.get(row, end + 1) !== 0) end++
      document.rect(x + (column + quiet) * side, y + (row + quiet) * side, (end - column + 1) * side, side + 0.05)
      column = end
    }
  }
  document.fill('#000000')
}
