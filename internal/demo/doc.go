// Package demo makes the sample incident: an invented council (plant) whose
// files were copied, swept like any exhibit, and scored against what was
// planted in it.
//
// In: an empty folder and a seed. Out: a planted council, the options of its
// sweep, and the lists of a case in the form that plant.Score reads. It never
// touches a case that it did not make.
package demo
