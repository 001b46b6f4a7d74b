// Imported before anything else: what comes after may not even parse on an older Node.
const OLDEST = [20, 18]
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(`Goji needs Node ${OLDEST.join('.')} or newer; this is ${process.version}.`)
  process.exit(4)
}
