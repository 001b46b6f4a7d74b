export { bill } from './bill/bill.ts'
export { checkout } from './checkout.ts'
export { statement } from './statement.ts'
export { sweep } from './sweep.ts'
