#pragma once

#include <QLineEdit>

namespace leedswatch::ui {

/// A field to search with: a lens at the left, and a cross that empties it while there is something in it; Esc does
/// too.
class SearchField final : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

}  // namespace leedswatch::ui
