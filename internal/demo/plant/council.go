package plant

// Council is the code of the invented council.
const Council = councilCode
