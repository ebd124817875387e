#pragma once

class QTableView;

namespace leedswatch::ui {

/// A list of rows that are picked whole, one at a time, by the mouse or the arrows: no grid, no row numbers, no
/// clicking on headers. Tab leaves it.
void makePlainTable(QTableView& table);

}  // namespace leedswatch::ui
