package web

// Verb is what somebody does to an object. Writing, closing, deleting,
// exporting, seeing personal data and opening what is sealed are separate: who
// may do one may not for that reason do another.
type Verb string

const (
	See         Verb = "see"
	SeePersonal Verb = "see-personal" // see values in clear
	OpenSealed  Verb = "open-sealed"  // see that a sealed person is there, and who
	Write       Verb = "write"
	Judge       Verb = "judge" // give a verdict
	Approve     Verb = "approve"
	Close       Verb = "close"
	Delete      Verb = "delete"
	Export      Verb = "export"
	Administer  Verb = "administer"
)

// Object is the sort of thing that is acted on.
type Object string

const (
	ObjectHome     Object = "home" // the start page, one's own sign-in
	ObjectCase     Object = "case" // exhibits, registers, sweeps, funnel, coverage
	ObjectPerson   Object = "person"
	ObjectDocument Object = "document"
	ObjectQueue    Object = "queue"   // verdicts, batches
	ObjectContact  Object = "contact" // safe contact
	ObjectSample   Object = "sample"
	ObjectVersion  Object = "version" // list versions, Article 34
	ObjectHold     Object = "hold"    // legal hold, retention, destruction
	ObjectStop     Object = "stop"    // things set aside
	ObjectStaff    Object = "staff"   // users, roles, sessions
	ObjectRecord   Object = "record"
	ObjectJob      Object = "job"
	ObjectIncident Object = "incident"
	ObjectEntry    Object = "entry" // timeline
	ObjectFact     Object = "fact"
	ObjectDecision Object = "decision"
	ObjectTask     Object = "task"
	ObjectClock    Object = "clock"
	ObjectAgency   Object = "agency"
	ObjectEvidence Object = "evidence"
	ObjectCost     Object = "cost"
	ObjectCouncil  Object = "council" // other councils, sharing, clearances
	ObjectLegal    Object = "legal"   // legal advice
	ObjectReturn   Object = "return"  // regulator returns, papers
	ObjectLesson   Object = "lesson"
	ObjectNotice   Object = "notice"
	ObjectTelling  Object = "telling" // one call or one round, while somebody has it
	ObjectPublic   Object = "public"  // the public site's content
	ObjectEnquiry  Object = "enquiry"
	ObjectScam     Object = "scam"
)

// Degree says how grave what an act touches is.
type Degree int

const (
	Plain    Degree = iota // counts, file types, the machine's own state
	Personal               // somebody's ordinary data
	Special                // special categories, offences, safety signals
	Sealed                 // people whose being there must not show
)

// Act is one thing that somebody wants to do. Council is whose thing it is; ""
// is the whole case.
type Act struct {
	Verb    Verb
	Object  Object
	Council string
	Degree  Degree
}

// Ruling is the policy's answer, with the reason in words.
type Ruling struct {
	Allowed bool
	Reason  string
}
