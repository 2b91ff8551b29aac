#pragma once

#include "interpreter/doc/page.hpp"

/// The pages, a file each. `document.cpp` says which there are.
namespace duly::doc {

DocumentPage index_page(const Book& book);
DocumentPage order_page(const Book& book);
DocumentPage decision_page(const Book& book, SubjectId decision);
DocumentPage definitions_page(const Book& book);
DocumentPage duties_page(const Book& book);
DocumentPage facts_page(const Book& book);
DocumentPage safeguards_page(const Book& book);
DocumentPage agreements_page(const Book& book);
DocumentPage records_page(const Book& book);
DocumentPage cases_page(const Book& book, ModuleId module);
DocumentPage provisions_page(const Book& book);

}  // namespace duly::doc
