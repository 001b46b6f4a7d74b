export { createDriver } from '../../../providers/solapi/simulator/driver.ts'
