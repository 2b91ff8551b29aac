"""The functions of duly.h that the referral program needs, for ctypes. Copy it, and add what you need."""

import ctypes
import os
from ctypes import POINTER, byref, c_bool, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_void_p, sizeof

library = ctypes.CDLL(os.environ.get("DULY_LIBRARY", "libduly.so.0"))

OK, ACTION, DECIDED, UNDECIDED, MARKDOWN, JSON = 0, 3, 1, 2, 2, 3  # as duly.h has them
STATUS = ["", "decided", "undecided", "conflict", "gap", "unsafe"]


class Text(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("data", c_void_p)]

    def __str__(self):
        return ctypes.string_at(self.data, self.size).decode()


class Handle(ctypes.Structure):  # of a fact, a subject or a record
    _fields_ = [("index", c_uint32), ("policy", c_uint32)]


class FactInfo(ctypes.Structure):
    _fields_ = [("type", c_int32), ("judgement", c_bool), ("sensitive", c_bool), ("low", c_int64), ("high", c_int64),
                ("answers", c_size_t), ("name", Text), ("title", Text), ("ask", Text), ("help", Text), ("unit", Text)]


class SubjectInfo(ctypes.Structure):
    _fields_ = [("kind", c_int32), ("type", c_int32), ("answers", c_size_t), ("name", Text), ("title", Text)]


class Answer(ctypes.Structure):
    _fields_ = [("name", Text), ("title", Text)]


class Value(ctypes.Structure):
    _fields_ = [("type", c_int32), ("number", c_int64), ("text", Text)]


Load = ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p, c_size_t, POINTER(ctypes.c_char), c_size_t, c_void_p)


class Loader(ctypes.Structure):
    _fields_ = [("context", c_void_p), ("load", Load)]


class DulyError(Exception):
    pass


def function(name, result, *arguments):
    """A function of duly.h. One that returns a code raises DulyError; its last argument may be an error's place."""
    found = getattr(library, name)
    found.argtypes = arguments
    found.restype = c_int32 if result == "code" else result

    def call(*given):
        error = c_void_p() if arguments[-1] is Error else None
        code = found(*given, *([] if error is None else [byref(error)]))
        if code != OK:
            message = str(error_text(error)) if error else f"{name}: code {code}\n"
            library.duly_error_release(error)
            raise DulyError(message)
    return call if result == "code" else found


Object, Error, Size = c_void_p, POINTER(c_void_p), c_size_t
error_text = function("duly_error_text", Text, Object)
found_text = function("duly_found_text", c_int32, Object, Size, c_char_p, Size, c_char_p)
load_policy = function("duly_load", "code", Size, c_char_p, POINTER(Loader), c_uint32, c_void_p, Error)
create_case = function("duly_case_create", "code", Object, c_void_p)
create_decision = function("duly_decision_create", "code", Object, c_void_p)
case_from_json = function("duly_case_from_json", "code", Object, Size, c_char_p, Error)
decide = function("duly_decide", "code", Object, Object)
default_decision = function("duly_default_decision", Handle, Object)
status_of = function("duly_status_of", c_int32, Object, Handle)
duty_of = function("duly_duty_of", c_int32, Object, Handle)
value_of = function("duly_value_of", "code", Object, Handle, Size, POINTER(Value))
says = function("duly_says", "code", Object, Handle, POINTER(Text))
timing_of = function("duly_timing", "code", Object, Handle, POINTER(Text))
need_count = function("duly_need_count", Size, Object, Handle)
need_at = function("duly_need_at", Handle, Object, Handle, Size)
fact_about = function("duly_fact_about", "code", Object, Handle, Size, POINTER(FactInfo))
fact_answer = function("duly_fact_answer", "code", Object, Handle, Size, Size, POINTER(Answer))
subject_count = function("duly_subject_count", Size, Object, c_int32)
subject_at = function("duly_subject_at", Handle, Object, c_int32, Size)
subject_about = function("duly_subject_about", "code", Object, Handle, Size, POINTER(SubjectInfo))
record_form = function("duly_record_form", "code", Object, Handle, c_int32, POINTER(Text), Error)
complete_record = function("duly_record_complete", "code", Object, Handle, Size, c_char_p, c_int32, c_bool,
                           POINTER(Text), Error)


def filled(call, *arguments, sized=True):
    """The structure that is the last argument, once the call has filled it in."""
    structure = arguments[-1]
    call(*arguments[:-1], *([sizeof(structure)] if sized else []), byref(structure))
    return structure
