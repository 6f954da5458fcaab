package msg

import (
	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/ole"
)

// maxNames bounds the list of named properties in bytes.
const maxNames = 4 << 20

// readNames reads which named property each number from 0x8000 stands for
// ([MS-OXMSG] 2.2.3). Without the storage there are none.
func readNames(at *ole.Entry) map[uint16]mapi.Key {
	if at == nil {
		return nil
	}
	var ignored error
	stream := func(tag string) []byte {
		if e := at.Find(valuePrefix + tag); e != nil {
			return take(e, maxNames, &ignored)
		}
		return nil
	}
	return mapi.Names(stream("00020102"), stream("00030102"), stream("00040102"))
}
