#pragma once

#include <QImage>
#include <QString>
#include <QWidget>

namespace leedswatch::ui {

/// A picture as large as there is room for, under its caption; or why there is none.
class StillView final : public QWidget {
    Q_OBJECT

public:
    StillView(const QString& caption, QWidget* parent);

    void setCaption(const QString& caption);
    void showStill(const QImage& still);
    void showText(const QString& text);
    [[nodiscard]] const QImage& still() const { return m_still; }
    [[nodiscard]] const QString& text() const { return m_text; }

    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 140}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_caption;
    QString m_text;
    QImage m_still;
};

}  // namespace leedswatch::ui
