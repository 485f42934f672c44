Attribute VB_Name = "xltools_ribbon"
Option Explicit

'The buttons of the ribbon tab (customUI.xml); each acts on the workbook in front.
'`control` is an IRibbonControl; as Object it compiles where the Office library is not registered.

Public Sub RibbonCheck(control As Object)
    RunCheck ActiveWorkbook
End Sub

Public Sub RibbonScore(control As Object)
    RunScore ActiveWorkbook
End Sub

Public Sub RibbonClear(control As Object)
    RunClear ActiveWorkbook
End Sub

Public Sub RibbonDoctor(control As Object)
    RunDoctor
End Sub
