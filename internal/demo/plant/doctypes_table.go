package plant

import "slices"

// docTypes are all sorts of documents.
var docTypes = slices.Concat(letterTypes, childTypes, adultTypes, safetyTypes, officeTypes, mailTypes, listTypes, decoyTypes)
