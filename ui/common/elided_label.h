#pragma once

#include <QLabel>

namespace leedswatch::ui {

/// One line of plain text that takes what room there is, cut with an ellipsis, and never takes any from its neighbours.
/// The whole text is its tooltip.
class ElidedLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent);

    void setWholeText(const QString& text);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace leedswatch::ui
