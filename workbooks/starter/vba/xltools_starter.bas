Attribute VB_Name = "xltools_starter"
Option Explicit

'The buttons of the starter workbook; each acts on another open workbook.

Public Sub StarterCheck()
    Dim book As Workbook
    If ChooseBook(book) Then RunCheck book
End Sub

Public Sub StarterScore()
    Dim book As Workbook
    If ChooseBook(book) Then RunScore book
End Sub

Public Sub StarterClear()
    Dim book As Workbook
    If ChooseBook(book) Then RunClear book
End Sub

Public Sub StarterDoctor()
    RunDoctor
End Sub

Private Function ChooseBook(ByRef book As Workbook) As Boolean
    'False where the user took it back; `book` stays Nothing where no other workbook is open.
    Dim books As Collection, question As String, answer As Variant, number As Long
    Set books = OtherBooks()
    ChooseBook = True
    If books.Count = 0 Then Exit Function
    Set book = books(1)
    If books.Count = 1 Then Exit Function

    question = Say("which_book")
    For number = 1 To books.Count
        question = question & vbLf & number & "  " & books(number).Name
    Next
    answer = Application.InputBox(question, Say("title"), 1, Type:=1)
    ChooseBook = False
    If VarType(answer) = vbBoolean Then Exit Function
    If answer < 1 Or answer > books.Count Then Exit Function
    Set book = books(CLng(answer))
    ChooseBook = True
End Function

Private Function OtherBooks() As Collection
    'The other workbooks that can be seen. Windows are listed from front to back: the one used last comes first.
    Dim books As New Collection, window As Object
    For Each window In Application.Windows
        If window.Visible And window.Parent.Name <> ThisWorkbook.Name Then
            On Error Resume Next 'a workbook shown in two windows is taken once
            books.Add window.Parent, window.Parent.Name
            On Error GoTo 0
        End If
    Next
    Set OtherBooks = books
End Function
