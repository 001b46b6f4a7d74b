import { type Child, html } from '../html.ts'

interface OfBill {
  readonly bill_id: string | null
  readonly bill_number: string | null
  readonly title: string | null
}

/** A row's bill, with its number; a dash where it is about none. */
export const billLink = ({ bill_id: id, bill_number: number, title }: OfBill): Child =>
  id === null
    ? '–'
    : html`<a href="/console/bills/${id}">${title}</a>
        <p>${number}</p>`
